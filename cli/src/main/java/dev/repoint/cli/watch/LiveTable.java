package dev.repoint.cli.watch;

import dev.repoint.cli.output.SafeWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A table that is drawn again at each look, for terminals (ECMA-48 control sequences). When a target was seen
/// to change stands beside it.
final class LiveTable implements WatchDisplay {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";

    private final SafeWriter out;
    private final Style style;
    private final long pid;
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, String> changed = new HashMap<>();
    private boolean isFirst = true;
    private int height;

    LiveTable(PrintWriter out, Style style, long pid) {
        this.out = SafeWriter.of(out);
        this.style = style;
        this.pid = pid;
    }

    @Override
    public void show(List<WatchedPatchable> rows) {
        String time = TIME.format(LocalTime.now(ZoneId.systemDefault()));
        Table table = new Table("patchable", "target", "changed", "note");
        for (WatchedPatchable each : rows) {
            String before = shown.put(each.key(), each.target());
            if (!isFirst && !each.target().equals(before)) {
                changed.put(each.key(), time);
            }
            table.row(each.key(), each.target(), changed.getOrDefault(each.key(), ""), each.note());
        }
        isFirst = false;
        StringWriter text = new StringWriter();
        PrintWriter frame = new PrintWriter(text);
        frame.println(style.bold("process " + pid) + "  " + time + "  Ctrl-C ends this");
        if (rows.isEmpty()) {
            frame.println("every patchable is at its default");
        } else {
            table.print(frame, style);
        }
        frame.flush();
        draw(text.toString().lines().toList());
    }

    private void draw(List<String> lines) {
        if (height > 0) {
            out.control("\u001b[" + height + "A"); // up
        }
        for (String line : lines) {
            out.print(line);
            out.control(ERASE_LINE);
            out.println();
        }
        out.control(ERASE_BELOW);
        out.flush();
        height = lines.size();
    }

    @Override
    public void end() {
        out.flush();
    }
}
