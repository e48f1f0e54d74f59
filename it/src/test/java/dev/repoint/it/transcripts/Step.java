package dev.repoint.it.transcripts;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Commands of a page, and what the page shows below them.
///
/// @param line     the line of the page where the commands begin, from 1
/// @param commands what to type
/// @param shown    the lines that standard output must have, all of them; null where the page shows none
record Step(
        int line,
        String commands,
        @org.jspecify.annotations.Nullable List<String> shown) {

    /// In what a page shows this stands for anything that is not the same each time.
    private static final String ANYTHING = "…";

    /// Whether standard output is what the page shows. Blanks at the end of a line, and empty lines at the end,
    /// do not count.
    boolean shows(String printed) {
        if (shown == null) {
            return true;
        }
        String pattern = shown.stream().map(Step::pattern).collect(Collectors.joining("\n"));
        return Pattern.matches(
                pattern,
                printed.stripTrailing().lines().map(String::stripTrailing).collect(Collectors.joining("\n")));
    }

    private static String pattern(String shown) {
        String line = shown.stripTrailing();
        return line.equals(ANYTHING)
                ? "(?s:.*)"
                : Stream.of(line.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}
