package dev.repoint.it.programs;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sites of a file as `repoint sites --json` printed them.
final class Collected {

    /// One of them.
    ///
    /// @param kind the text of its kind
    /// @param key of the patchable whose site it is
    /// @param in the function or the object that it stands in
    record Site(String kind, String key, String in) {

        /// The symbol that the key means: without the file before it, the version and the offset behind it.
        String symbol() {
            String name = Functions.unversioned(key.substring(key.indexOf(':') + 1));
            int plus = name.lastIndexOf('+');
            return plus < 0 ? name : name.substring(0, plus);
        }

        /// How far behind the symbol's address the key means.
        long offset() {
            int plus = key.lastIndexOf('+');
            return plus < 0 ? 0 : Long.parseLong(key.substring(plus + 1));
        }
    }

    private final Map<Long, Site> sites = new HashMap<>();
    private final List<Long> repeated = new ArrayList<>();

    /// Reads the answer, piece by piece: it may be larger than memory.
    static Collected of(Path json) throws IOException {
        Collected collected = new Collected();
        try (JsonReader reader = new JsonReader(Files.newBufferedReader(json))) {
            members(reader, "files", () -> members(reader, "patchables", () -> collected.patchable(reader)));
        }
        return collected;
    }

    /// Reads an element of an array.
    private interface Element {
        void read() throws IOException;
    }

    /// Reads the elements of one member of an object.
    private static void members(JsonReader reader, String wanted, Element element) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            if (reader.nextName().equals(wanted)) {
                elements(reader, element);
            } else {
                reader.skipValue();
            }
        }
        reader.endObject();
    }

    private static void elements(JsonReader reader, Element element) throws IOException {
        reader.beginArray();
        while (reader.hasNext()) {
            element.read();
        }
        reader.endArray();
    }

    private void patchable(JsonReader reader) throws IOException {
        String[] key = {""};
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "key" -> key[0] = reader.nextString();
                case "sites" -> elements(reader, () -> site(key[0], reader));
                default -> reader.skipValue();
            }
        }
        reader.endObject();
    }

    private void site(String key, JsonReader reader) throws IOException {
        Map<String, String> texts = new HashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String member = reader.nextName();
            switch (member) {
                case "kind", "in", "address" -> texts.put(member, reader.nextString());
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        String address = texts.get("address");
        String kind = texts.get("kind");
        if (key.isEmpty() || kind == null || address == null) {
            throw new IOException("a site without key, kind or address: " + texts + " of '" + key + "'");
        }
        long at = Long.parseUnsignedLong(address.substring("0x".length()), 16);
        if (sites.put(at, new Site(kind, key, texts.getOrDefault("in", ""))) != null) {
            repeated.add(at);
        }
    }

    /// The sites by address.
    Map<Long, Site> sites() {
        return sites;
    }

    /// Addresses that were listed more than once.
    List<Long> repeated() {
        return repeated;
    }
}
