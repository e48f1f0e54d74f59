package dev.repoint.cli;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.internal.report.Nearest;
import dev.repoint.weaver.archive.Archive;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A key that matches nothing in the files that were named.
final class NoMatch {

    private static final int SUGGESTIONS = 3;

    private NoMatch() {}

    /// Fails if there is such a key, and suggests what may have been meant.
    ///
    /// @param unmatched the keys that match nothing
    /// @param files where methods of similar names are looked for
    /// @throws CommandFailure if there is a key
    static void require(List<KeyPattern> unmatched, List<Path> files) {
        if (unmatched.isEmpty()) {
            return;
        }
        SortedSet<Key> methods = new TreeSet<>();
        for (Path file : files) {
            try (Archive archive = Archive.open(file)) {
                archive.requireReadable(unmatched.getFirst());
                methods.addAll(archive.members());
            }
        }
        throw failure(unmatched.getFirst(), files, methods);
    }

    /// The failure for one key.
    ///
    /// @param methods candidates for what was meant
    static CommandFailure failure(KeyPattern key, List<Path> files, SortedSet<Key> methods) {
        String where = files.size() == 1 ? files.getFirst().toString() : "any of the " + files.size() + " files";
        List<String> nearest = Nearest.to(key.text(), methods, SUGGESTIONS);
        return new CommandFailure("key '" + key + "' matches no method or field in " + where
                + (nearest.isEmpty()
                        ? "; repoint sites --patchable '**' lists all patchables"
                        : "; did you mean " + String.join(" or ", nearest) + "?"));
    }
}
