package dev.repoint.cli.demo;

import dev.repoint.cli.output.SafeWriter;
import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A chart that is drawn again with every reading, for terminals (ECMA-48 control sequences).
final class LiveDisplay implements Display {

    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";

    private final SafeWriter out;
    private final Style style;
    private final Chart chart;
    private final Thread restorer = new Thread(this::restoreCursor, "cursor-restorer");
    private List<String> frame = List.of();

    LiveDisplay(PrintWriter out, Style style, int width, double seconds) {
        this.out = SafeWriter.of(out);
        this.style = style;
        this.chart = new Chart(width, seconds, style);
        Runtime.getRuntime().addShutdownHook(restorer);
        this.out.control(HIDE_CURSOR);
    }

    @Override
    public void say(String line) {
        back();
        out.control(ERASE_BELOW);
        out.println(line);
        draw();
    }

    @Override
    public void show(Recording recording) {
        back();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.addAll(chart.lines(recording));
        lines.add(status(recording));
        frame = lines;
        draw();
    }

    @Override
    public void end() {
        restoreCursor();
        Runtime.getRuntime().removeShutdownHook(restorer);
    }

    private String status(Recording recording) {
        if (recording.samples().isEmpty()) {
            return "";
        }
        Sample sample = recording.samples().getLast();
        long wrong = sample.to().wrong();
        String counted = "wrong " + wrong;
        return String.format(
                        Locale.ROOT,
                        "%8.1f s  %-10s  ",
                        sample.end(),
                        recording.phase().title())
                + style.bold(Rate.text(sample.throughput()) + "/s")
                + String.format(Locale.ROOT, "  %,d checked  ", sample.to().calls())
                + (wrong == 0 ? style.green(counted) : style.red(counted));
    }

    private void back() {
        if (!frame.isEmpty()) {
            out.control("\u001b[" + frame.size() + "A"); // up
        }
        out.control("\r");
    }

    private void draw() {
        for (String line : frame) {
            out.print(line);
            out.control(ERASE_LINE);
            out.println();
        }
        out.flush();
    }

    private void restoreCursor() {
        out.control(SHOW_CURSOR);
        boolean unused = out.checkError();
    }
}
