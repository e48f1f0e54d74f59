package dev.repoint.weaver.archive;

import dev.repoint.weaver.WeaveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Computes the new entries of a jar with libraries. Each changed library becomes a new entry.
///
/// @param contents the original jar
record ApplicationWriter(ApplicationContents contents) {

    /// The signed libraries among the changed ones.
    ///
    /// @param changed the names of entries
    /// @param strip whether their signatures may be removed
    /// @throws WeaveException if there is one, and its signature may not be removed
    Set<String> signed(Set<String> changed, boolean strip) {
        Set<String> signed = new TreeSet<>();
        for (String name : changed) {
            String library = libraryOf(name);
            if (library == null) {
                continue;
            }
            List<String> signatures = Signatures.among(jar(library).names());
            if (!signatures.isEmpty() && !strip) {
                throw new WeaveException(contents.place(library) + " is signed (" + signatures.get(0)
                        + "): changed classes would not match the signature; strip the signature (--strip-signatures)");
            }
            if (!signatures.isEmpty()) {
                signed.add(library);
            }
        }
        return signed;
    }

    /// The new content of entries of the jar itself.
    ///
    /// @param changed the new content of entries, including those of libraries
    Map<String, byte[]> packed(Map<String, byte[]> changed) throws IOException {
        Map<String, byte[]> packed = new HashMap<>();
        Map<String, Map<String, byte[]>> byLibrary = new TreeMap<>();
        changed.forEach((name, bytes) -> {
            String library = libraryOf(name);
            if (library == null) {
                packed.put(name, bytes);
            } else {
                byLibrary
                        .computeIfAbsent(library, none -> new HashMap<>())
                        .put(name.substring(library.length() + NestedJars.SEPARATOR.length()), bytes);
            }
        });
        for (Map.Entry<String, Map<String, byte[]>> each : byLibrary.entrySet()) {
            packed.put(each.getKey(), library(jar(each.getKey()), each.getValue()));
        }
        return packed;
    }

    private static byte[] library(JarContents library, Map<String, byte[]> changed) throws IOException {
        List<String> signatures = Signatures.among(library.names());
        byte[] manifest = library.read(Signatures.MANIFEST);
        if (!signatures.isEmpty() && manifest != null) {
            changed.put(Signatures.MANIFEST, Signatures.withoutDigests(manifest));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JarWriter.write(library, out, changed, Set.copyOf(signatures), WorkListener.NONE);
        return out.toByteArray();
    }

    private JarContents jar(String library) {
        JarContents jar = contents.libraries().get(library);
        if (jar == null) {
            throw new WeaveException(contents.place(library) + " is gone");
        }
        return jar;
    }

    private @Nullable String libraryOf(String name) {
        int end = name.indexOf(NestedJars.SEPARATOR);
        return end >= 0 && contents.libraries().containsKey(name.substring(0, end)) ? name.substring(0, end) : null;
    }
}
