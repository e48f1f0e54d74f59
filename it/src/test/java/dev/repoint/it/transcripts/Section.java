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
            Pattern.compile("(?m)^cc |; cc |examples/native-checksum"), Tool.GCC,
            Pattern.compile("(?m)^strip "), Tool.STRIP,
            Pattern.compile("(?m)^man "), Tool.MAN);

    /// The tools that its commands start, and a machine may lack.
    List<Tool> needs() {
        return NEEDED.entrySet().stream()
                .filter(tool -> steps.stream().anyMatch(step -> tool.getKey().matcher(step.commands()).find()))
                .map(Map.Entry::getValue)
                .toList();
    }

    boolean canBeTyped() {
        return needs().stream().allMatch(tool -> tool.find().isPresent());
    }
}
