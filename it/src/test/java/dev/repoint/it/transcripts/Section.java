package dev.repoint.it.transcripts;

import dev.repoint.fixtures.Tool;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is typed below one heading of a page.
///
/// @param title the heading
/// @param steps what to type, in this order
record Section(String title, List<Step> steps) {

    private static final Map<Pattern, Tool> NEEDED = Map.of(
            Pattern.compile("(?m)^cc |; cc "), Tool.CC,
            Pattern.compile("examples/native-checksum"), Tool.GCC,
            Pattern.compile("(?m)^\\s.*\\.cc( |$)"), Tool.GXX,
            Pattern.compile("(?m)^strip "), Tool.STRIP,
            Pattern.compile("(?m)^man "), Tool.MAN);

    /// The tools that commands start, and a machine may lack.
    static List<Tool> toolsOf(String commands) {
        return NEEDED.entrySet().stream()
                .filter(tool -> tool.getKey().matcher(commands).find())
                .map(Map.Entry::getValue)
                .toList();
    }

    /// The tools of its own commands.
    List<Tool> needs() {
        return steps.stream()
                .flatMap(step -> toolsOf(step.commands()).stream())
                .distinct()
                .toList();
    }

    boolean canBeTyped() {
        return needs().stream().allMatch(Tool::isInstalled);
    }
}
