import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Draws what a command printed as a picture of a terminal: text from standard input, SVG to standard output.
///
/// ```
/// java docs/images/TerminalStill.java light 1-2,8-14,18-22,25- < docs/images/demo.txt > docs/images/demo-light.svg
/// ```
///
/// The second argument selects lines, counted from 1. A gap between them shows as `…`. No other text changes; a line of
/// more than 104 characters continues on the next one, as in a terminal of that width.
public final class TerminalStill {

    private static final int COLUMNS = 104;
    private static final double GLYPH = 7.2;
    private static final int LINE = 17;
    private static final int MARGIN = 16;

    private TerminalStill() {}

    private enum Theme {
        light("#f6f8fa", "#d1d9e0", "#1f2328", "#0550ae", "#59636e"),
        dark("#151b23", "#3d444d", "#f0f6fc", "#79c0ff", "#9198a1");

        private final String background;
        private final String border;
        private final String text;
        private final String command;
        private final String gap;

        Theme(String background, String border, String text, String command, String gap) {
            this.background = background;
            this.border = border;
            this.text = text;
            this.command = command;
            this.gap = gap;
        }
    }

    private record Line(String text, String style) {}

    /// @param args `light` or `dark`, then the lines: `FIRST-LAST` or `FIRST-`, separated by commas
    public static void main(String[] args) throws java.io.IOException {
        Theme theme = Theme.valueOf(args[0]);
        List<String> printed = new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        System.out.write(svg(theme, wrapped(selected(printed, args[1]))).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static List<String> selected(List<String> printed, String ranges) {
        List<String> selected = new ArrayList<>();
        int next = 1;
        for (String range : ranges.split(",")) {
            String[] ends = range.split("-", -1);
            int first = Integer.parseInt(ends[0]);
            int last = ends[1].isEmpty() ? printed.size() : Integer.parseInt(ends[1]);
            if (first > next) {
                selected.add("…");
            }
            selected.addAll(printed.subList(first - 1, last));
            next = last + 1;
        }
        return selected;
    }

    private static List<Line> wrapped(List<String> printed) {
        List<Line> lines = new ArrayList<>();
        for (String text : printed) {
            String style = text.equals("…") ? "gap" : text.startsWith("$ ") ? "command" : "printed";
            for (int start = 0; start == 0 || start < text.length(); start += COLUMNS) {
                lines.add(new Line(text.substring(start, Math.min(text.length(), start + COLUMNS)), style));
            }
        }
        return lines;
    }

    private static String svg(Theme theme, List<Line> lines) {
        int width = (int) Math.ceil(COLUMNS * GLYPH) + 2 * MARGIN;
        int height = lines.size() * LINE + 2 * MARGIN;
        StringBuilder svg = new StringBuilder("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
              <style>
                text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre }
                .printed { fill: %3$s }
                .command { fill: %4$s; font-weight: 600 }
                .gap { fill: %5$s }
              </style>
              <rect x="0.5" y="0.5" width="%6$d" height="%7$d" rx="8" fill="%8$s" stroke="%9$s"/>
            """.formatted(
                        width,
                        height,
                        theme.text,
                        theme.command,
                        theme.gap,
                        width - 1,
                        height - 1,
                        theme.background,
                        theme.border));
        int baseline = MARGIN + LINE - 5;
        for (Line line : lines) {
            if (!line.text().isBlank()) {
                String text = line.text();
                svg.append("  <text class=\"%s\" x=\"%d\" y=\"%d\" textLength=\"%s\" xml:space=\"preserve\">%s</text>\n"
                        .formatted(line.style(), MARGIN, baseline, Math.round(text.length() * GLYPH), escaped(text)));
            }
            baseline += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
