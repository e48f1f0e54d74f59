package dev.repoint.it.transcripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A document, read for what it says to type.
///
/// A block of the language `sh` is typed. A block without a language right below it is what that prints.
/// Whatever else a page shows has another language, or stands apart.
///
/// @param file     the document
/// @param sections those that have something to type
record Page(Path file, List<Section> sections) {

    private static final Pattern PART =
            Pattern.compile("(?ms)^(?:## (?<title>[^\\n]*)$|```(?<language>\\w*)\\n(?<text>.*?)^```$)");

    /// Two commands do everything, and this test with it.
    private static final Pattern WHOLE = Pattern.compile("(?m)^mvn verify\\b");

    static Page read(Path file) throws IOException {
        String text = Files.readString(file);
        List<Section> sections = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        String title = "";
        int end = -1;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            if (parts.group("title") != null) {
                add(sections, title, steps);
                title = Objects.requireNonNull(parts.group("title"));
                steps = new ArrayList<>();
                continue;
            }
            String block = Objects.requireNonNull(parts.group("text"));
            boolean below = end >= 0 && text.substring(end, parts.start()).isBlank();
            if ("sh".equals(parts.group("language")) && !WHOLE.matcher(block).find()) {
                steps.add(new Step(
                        1 + (int) text.substring(0, parts.start("text")).lines().count(), block, null));
                end = parts.end();
            } else {
                if (below && "".equals(parts.group("language"))) {
                    Step typed = steps.removeLast();
                    steps.add(new Step(
                            typed.line(), typed.commands(), block.lines().toList()));
                }
                end = -1;
            }
        }
        add(sections, title, steps);
        return new Page(file, List.copyOf(sections));
    }

    private static void add(List<Section> sections, String title, List<Step> steps) {
        if (!steps.isEmpty()) {
            sections.add(new Section(title, List.copyOf(steps)));
        }
    }
}
