package dev.repoint.weaver.build;

import dev.repoint.ClassPattern;
import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.internal.report.Nearest;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.ClassPath;
import dev.repoint.weaver.archive.InPlaceWeaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// The patterns that match nothing: mistyped ones, or patterns for other classes.
///
/// @param patterns in the order of the request
record Unmatched(List<Pattern> patterns) {

    private static final int SUGGESTIONS = 3;

    /// One such pattern.
    ///
    /// @param option its option
    /// @param text the pattern
    /// @param hint a suggestion; may be empty
    record Pattern(String option, String text, String hint) {}

    /// Finds the patterns.
    static Unmatched of(Request request, InPlaceWeaving.Outcome outcome, ClassPath classPath) {
        List<Pattern> patterns = new ArrayList<>();
        List<KeyPattern> keys = outcome.summary().unmatched();
        boolean ofClasses = !request.selection().in().isEmpty()
                || !request.selection().exclude().isEmpty();
        if (keys.isEmpty() && !ofClasses) {
            return new Unmatched(patterns);
        }
        SortedSet<Key> members = members(request.classes());
        for (KeyPattern key : request.patchable()) {
            if (keys.contains(key)) {
                patterns.add(new Pattern("patchable", key.text(), hint(key, members, classPath)));
            }
        }
        for (KeyPattern key : request.selection().sites()) {
            if (keys.contains(key)) {
                patterns.add(new Pattern("sites", key.text(), ""));
            }
        }
        addClasses(patterns, "in", request.selection().in(), members);
        addClasses(patterns, "exclude", request.selection().exclude(), members);
        return new Unmatched(patterns);
    }

    /// The methods and fields that a folder declares.
    static SortedSet<Key> members(Path classes) {
        try (Archive archive = Archive.open(classes)) {
            return archive.members();
        }
    }

    /// The suggestion at the end of a message: the most similar key.
    static String meant(KeyPattern key, SortedSet<Key> members) {
        List<String> nearest = Nearest.to(key.text(), members, SUGGESTIONS);
        return nearest.isEmpty() ? "" : "did you mean " + String.join(" or ", nearest) + "?";
    }

    private static String hint(KeyPattern key, SortedSet<Key> members, ClassPath classPath) {
        Path file = key.isExact() ? classPath.fileOf(key.owner().replace('.', '/')) : null;
        return file == null
                ? meant(key, members)
                : "its class is in " + file + "; name it in sites to patch its calls, or weave that file";
    }

    /// A class without methods cannot be woven, so the classes with methods are enough.
    private static void addClasses(
            List<Pattern> patterns, String option, List<ClassPattern> classes, SortedSet<Key> members) {
        for (ClassPattern pattern : classes) {
            if (members.stream().noneMatch(member -> pattern.matches(member.owner()))) {
                patterns.add(new Pattern(option, pattern.text(), ""));
            }
        }
    }
}
