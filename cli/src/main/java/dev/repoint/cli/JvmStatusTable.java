package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The table of the patchables of a JVM: one row for those of several class loaders that lead to the same in
/// the same way, or one for each with its loader.
///
/// @param patchables ordered by key
record JvmStatusTable(List<PatchableStatus> patchables) {

    /// What rows have in common.
    private record Alike(String key, String target, String mode, String note) {
        static Alike of(PatchableStatus status) {
            return new Alike(status.key(), status.target(), status.mode(), status.note());
        }
    }

    /// Those that one of some patterns matches; all if there is none.
    JvmStatusTable matching(List<KeyPattern> patterns) {
        return patterns.isEmpty()
                ? this
                : new JvmStatusTable(patchables.stream()
                        .filter(status -> patterns.stream().anyMatch(pattern -> matches(pattern, status)))
                        .toList());
    }

    /// Prints them.
    ///
    /// @param withLoaders whether to print one row for each class loader
    void print(boolean withLoaders, PrintWriter out, Style style) {
        Table table = withLoaders
                ? new Table("patchable", "target", "mode", ">links", ">changes", "class loader", "note")
                : new Table("patchable", "target", "mode", ">links", ">changes", "note");
        if (withLoaders) {
            for (PatchableStatus each : patchables) {
                table.row(
                        each.key(),
                        each.target(),
                        each.mode(),
                        Integer.toString(each.links()),
                        Long.toString(each.changes()),
                        each.loader(),
                        each.note());
            }
        } else {
            Map<Alike, List<PatchableStatus>> groups = new LinkedHashMap<>();
            for (PatchableStatus each : patchables) {
                groups.computeIfAbsent(Alike.of(each), absent -> new ArrayList<>())
                        .add(each);
            }
            groups.forEach((alike, group) -> table.row(
                    alike.key,
                    alike.target,
                    alike.mode,
                    Integer.toString(
                            group.stream().mapToInt(PatchableStatus::links).sum()),
                    Long.toString(
                            group.stream().mapToLong(PatchableStatus::changes).sum()),
                    note(alike.note, group.size())));
        }
        table.print(out, style);
    }

    /// A note, with the number of class loaders where there are several.
    static String note(String note, int loaders) {
        if (loaders == 1) {
            return note;
        }
        return (note.isEmpty() ? "" : note + ", ") + "in " + loaders + " class loaders";
    }

    private static boolean matches(KeyPattern pattern, PatchableStatus status) {
        String text = status.key();
        try {
            KeyPattern key = KeyPattern.parse(text);
            boolean isField = text.indexOf('(') < 0;
            if (isField) {
                String type = status.defaultMethod()
                        .substring(0, Math.max(0, status.defaultMethod().indexOf(' ')));
                return pattern.matchesOwner(key.owner())
                        && pattern.matchesFieldName(key.name())
                        && (pattern.text().indexOf(':') < 0
                                || KeyPattern.parse(text + ":" + type)
                                        .text()
                                        .endsWith(pattern.text()
                                                .substring(pattern.text().indexOf(':')))
                                || pattern.text().endsWith(":*"));
            }
            String parameters = parameters(pattern.text());
            return pattern.matchesOwner(key.owner())
                    && pattern.matchesMethodName(key.name())
                    && (parameters.isEmpty() || parameters.equals(parameters(text)) || parameters.equals(simple(text)));
        } catch (PatchException | SyntaxException e) {
            return pattern.text().equals(text);
        }
    }

    private static String parameters(String key) {
        int open = key.indexOf('(');
        return open < 0 ? "" : key.substring(open, key.indexOf(')') + 1).replace(" ", "");
    }

    /// The parameters by their simple names.
    private static String simple(String key) {
        return parameters(key).replaceAll("[^(,]*\\.", "");
    }
}
