package dev.repoint.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares two releases byte by byte: archives, packages and bundles. Keys differ on purpose, and so in bundles
/// signatures are left out.
public final class Comparison {

    private Comparison() {}

    /// Prints the differences, and ends with 1 if there are any, or if there is nothing to compare.
    ///
    /// @param arguments the folders of the two releases
    public static void main(String[] arguments) throws IOException {
        Set<String> differences = differences(Path.of(arguments[0]), Path.of(arguments[1]));
        differences.forEach(each -> System.err.println("release: differs: " + each));
        if (!differences.isEmpty()) {
            System.exit(1);
        }
    }

    /// The files, and entries of bundles, that are not the same in both.
    static Set<String> differences(Path first, Path second) throws IOException {
        Set<String> names = new TreeSet<>(names(first));
        names.addAll(names(second));
        Set<String> differences = new TreeSet<>();
        for (String name : names) {
            if (!Files.exists(first.resolve(name)) || !Files.exists(second.resolve(name))) {
                differences.add(name);
            } else if (name.endsWith(".zip")) {
                entries(name, first, second, differences);
            } else if (Files.mismatch(first.resolve(name), second.resolve(name)) >= 0) {
                differences.add(name);
            } else {
                System.out.println("the same: " + name);
            }
        }
        if (names.isEmpty()) {
            differences.add("there is nothing to compare in " + first);
        }
        return differences;
    }

    private static void entries(String name, Path first, Path second, Set<String> differences) throws IOException {
        Map<String, byte[]> one = BundleCheck.read(first.resolve(name));
        Map<String, byte[]> other = BundleCheck.read(second.resolve(name));
        Set<String> entries = new TreeSet<>(one.keySet());
        entries.addAll(other.keySet());
        int before = differences.size();
        for (String entry : entries) {
            boolean isSame = one.containsKey(entry)
                    && other.containsKey(entry)
                    && (entry.endsWith(".asc") || Arrays.equals(one.get(entry), other.get(entry)));
            if (!isSame) {
                differences.add(name + "@" + entry);
            }
        }
        if (differences.size() == before) {
            System.out.println("the same, without signatures: " + name + ", " + entries.size() + " files");
        }
    }

    private static Set<String> names(Path release) throws IOException {
        try (Stream<Path> files = Files.list(release)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tar.gz") || name.endsWith(".deb") || name.endsWith(".zip"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
