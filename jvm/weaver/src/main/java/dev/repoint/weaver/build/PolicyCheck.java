package dev.repoint.weaver.build;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.Target;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.ClassPath;
import dev.repoint.weaver.scan.ClassScanner;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Checks that the keys and targets of policies exist, in the classes or in woven files of the class path.
///
/// @param request the request
/// @param table the patchables of the classes
/// @param classPath the class path of the classes
record PolicyCheck(Request request, Table table, ClassPath classPath) {

    /// The findings for all policies.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (request.policies().isEmpty()) {
            return problems;
        }
        SortedSet<Key> patchables = patchables();
        for (Policy policy : request.policies()) {
            List<String> matching =
                    Key.texts(patchables.stream().filter(policy.key()::matches).toList());
            if (matching.isEmpty()) {
                String meant = Unmatched.meant(policy.key(), patchables);
                problems.add(
                        "policy " + policy + ": its key matches no patchable" + (meant.isEmpty() ? "" : "; " + meant));
            } else if (matching.size() > 1) {
                problems.add("policy " + policy + ": its key is ambiguous; name one of " + String.join(", ", matching));
            }
            if (policy.target() instanceof Target.Named target && !isThere(target)) {
                problems.add("policy " + policy + ": there is no method " + target
                        + " in the classes, nor on their class path");
            }
        }
        return problems;
    }

    private SortedSet<Key> patchables() {
        SortedSet<Key> keys = new TreeSet<>();
        table.rows().forEach(row -> keys.add(row.key()));
        for (byte[] text : classPath.all(Table.ENTRY)) {
            for (TableRow row :
                    TableReader.read(text, Table.ENTRY + " of the class path").rows()) {
                keys.add(row.key());
            }
        }
        return keys;
    }

    private boolean isThere(Target.Named target) {
        KeyPattern pattern = target.pattern();
        try (Archive archive = Archive.open(request.classes())) {
            byte[] bytes = archive.classes().find(target.owner().replace('.', '/'));
            bytes = bytes != null ? bytes : classPath.find(target.owner().replace('.', '/'));
            return bytes != null
                    && new ClassScanner(Selection.ofAnnotated(), classPath)
                            .members(bytes).stream().anyMatch(pattern::matches);
        }
    }
}
