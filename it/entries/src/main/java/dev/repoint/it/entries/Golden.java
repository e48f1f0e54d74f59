package dev.repoint.it.entries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The verdicts that are known to be right, by build id: a file of another version has another one, and is only
/// told.
final class Golden {

    private final Path path;
    private final Map<String, String> known = new TreeMap<>();

    Golden(Path path) throws IOException {
        this.path = path;
        for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] parts = line.split("\t", 3);
                known.put(parts[0] + "\t" + parts[1], parts[2]);
            }
        }
    }

    /// What is wrong about a file; empty if nothing is.
    ///
    /// @param told gets a line if the file is of a version that is not known
    String compare(FileCensus census, List<String> told) {
        String expected = known.get(key(census));
        String found = text(census);
        if (expected == null) {
            told.add("%s has the build id %s, which is not in %s: another version; %s"
                    .formatted(census.path().getFileName(), census.buildId(), path.getFileName(), found));
            return "";
        }
        return expected.equals(found)
                ? ""
                : "%s: %s, but %s has %s".formatted(census.path(), found, path.getFileName(), expected);
    }

    void put(FileCensus census) {
        known.put(key(census), text(census));
    }

    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Verdicts on the exported functions, then on all, by name and build id. it/entries/run --write adds"
                + " to it.");
        known.forEach((key, text) -> lines.add(key + "\t" + text));
        Files.write(path, lines);
    }

    private static String key(FileCensus census) {
        return census.path().getFileName() + "\t" + census.buildId();
    }

    private static String text(FileCensus census) {
        return census.exported() + "\t" + census.all();
    }
}
