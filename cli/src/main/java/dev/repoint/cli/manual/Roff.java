package dev.repoint.cli.manual;

import java.util.List;

/// Text in the language of manual pages: the macros of `man`(7).
final class Roff {

    private final StringBuilder text = new StringBuilder();

    void title(String name, String source) {
        line(".TH " + quoted(name) + " 1 \"\" " + quoted(source) + " \"User Commands\"");
    }

    void section(String name) {
        line(".SH " + quoted(name));
    }

    /// Words that are filled to the width of the page.
    void filled(String words) {
        line(escaped(words));
    }

    /// A name in bold, and the rest of the line.
    void bold(String name, String rest) {
        line("\\fB" + escaped(name) + "\\fR" + escapedInside(rest));
    }

    /// A term, and what it means.
    void item(String term, String meaning) {
        line(".TP");
        bold(term, "");
        filled(meaning);
    }

    /// Lines that stay as they are.
    void lines(List<String> lines) {
        line(".PP");
        line(".nf");
        lines.forEach(each -> line(escaped(each)));
        line(".fi");
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String quoted(String word) {
        return '"' + escapedInside(word).replace("\"", "\\(dq") + '"';
    }

    /// A line that begins with a point or a quote would be a macro.
    private static String escaped(String line) {
        String inside = escapedInside(line);
        return inside.startsWith(".") || inside.startsWith("'") ? "\\&" + inside : inside;
    }

    /// A plain `-` would be a hyphen, and a plain `'` a typographic quote: neither can be copied to a shell.
    private static String escapedInside(String line) {
        return line.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }
}
