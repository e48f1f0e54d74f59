package dev.repoint.it.programs;

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

    /// Reads the answer.
    static Collected of(Path json) throws IOException {
        Collected collected = new Collected();
        try (Json reader = new Json(Files.newBufferedReader(json))) {
            reader.members(member -> {
                switch (member) {
                    case "files" -> reader.elements(() -> reader.members(collected.file(reader)));
                    default -> reader.skip();
                }
            });
        }
        return collected;
    }

    private Json.Member file(Json reader) {
        return member -> {
            switch (member) {
                case "patchables" -> reader.elements(() -> patchable(reader));
                default -> reader.skip();
            }
        };
    }

    private void patchable(Json reader) throws IOException {
        String[] key = {""};
        reader.members(member -> {
            switch (member) {
                case "key" -> key[0] = reader.string();
                case "sites" -> reader.elements(() -> site(key[0], reader));
                default -> reader.skip();
            }
        });
    }

    private void site(String key, Json reader) throws IOException {
        Map<String, String> texts = new HashMap<>();
        reader.members(member -> {
            switch (member) {
                case "kind", "in", "address" -> texts.put(member, reader.string());
                default -> reader.skip();
            }
        });
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
