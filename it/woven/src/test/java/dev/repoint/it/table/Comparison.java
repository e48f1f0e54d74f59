package dev.repoint.it.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Runs a program plain and woven, and holds the two traces against each other.
final class Comparison {

    private static final String BRIDGE = ".repoint$";

    private Comparison() {}

    /// Asserts that the woven program does what the plain one does.
    ///
    /// @param weave how it is woven
    /// @param seen what the plain program must have shown, lest the comparison be one of nothing with nothing
    /// @return what the woven one did
    static Program.Outcome same(Program program, Weave weave, String... seen) {
        Program.Outcome plain = program.run(Weave.PLAIN);
        String whole = String.join("\n", plain.lines());
        for (String part : seen) {
            assertThat(whole.contains(part))
                    .as("the plain program shows '%s'", part)
                    .isTrue();
        }

        Program.Outcome woven = program.run(weave);
        if (!weave.hasFieldsOnly()) { // a program may have none
            assertThat(woven.woven().entries().size() + woven.woven().sites().size())
                    .as("something was woven; rejected: %s", woven.woven().rejections())
                    .isPositive();
        }
        same(weave, plain.lines(), woven.lines());
        return woven;
    }

    /// Asserts that two traces are the same, and shows where they are not.
    static void same(String label, List<String> expected, List<String> actual) {
        assertThat(actual)
                .as(() -> label + "\ndiffers " + difference(expected, actual))
                .matches(lines -> lines.equals(expected));
    }

    /// Asserts that the trace of a woven program is that of the plain one, but for what a patched call may
    /// change.
    static void same(Weave weave, List<String> plain, List<String> woven) {
        same(weave.toString(), comparable(plain, weave), comparable(woven, weave));
    }

    /// The result of a program without its frames, and what helpful messages of null pointers say.
    static List<String> withoutFrames(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("    at ") && !line.startsWith(Trace.NULL_MESSAGE))
                .toList();
    }

    /// The first lines that differ, with what comes before them.
    private static String difference(List<String> expected, List<String> actual) {
        int at = 0;
        while (at < Math.min(expected.size(), actual.size()) && expected.get(at).equals(actual.get(at))) {
            at++;
        }
        int from = Math.max(0, at - 8);
        return "at line " + at + " behind\n" + String.join("\n", expected.subList(from, at)) + "\nplain:\n"
                + String.join("\n", expected.subList(at, Math.min(at + 8, expected.size()))) + "\nwoven:\n"
                + String.join("\n", actual.subList(at, Math.min(at + 8, actual.size())));
    }

    /// What a patched call may change: a bridge shows as one frame of its own; and where the null came from, of
    /// which the helpful message of a null pointer exception speaks, is not seen across a bridge, a patched
    /// call or a patched read.
    private static List<String> comparable(List<String> lines, Weave weave) {
        return lines.stream()
                .filter(line -> !weave.hasBridges() || !line.startsWith("    ") || !line.contains(BRIDGE))
                .map(line -> (weave.hasSites() || weave.hasFields()) && line.startsWith(Trace.NULL_MESSAGE)
                        ? line.replaceFirst(" because .*", "")
                        : line)
                .toList();
    }
}
