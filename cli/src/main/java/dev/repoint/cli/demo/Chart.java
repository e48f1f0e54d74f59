package dev.repoint.cli.demo;

import dev.repoint.cli.output.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Throughput over time, as lines of characters. Time runs from left to right over the whole run, so that the
/// chart fills and never scrolls.
final class Chart {

    private static final String LEVELS = " ▁▂▃▄▅▆▇█";
    private static final int LABEL = 9;
    private static final int HEIGHT = 8;

    private final int columns;
    private final double seconds;
    private final Style style;

    /// @param width of the terminal, in characters
    /// @param seconds the length of the whole run
    /// @param style for the bars
    Chart(int width, double seconds, Style style) {
        this.columns = Math.clamp(width - LABEL - 1, 20, 120);
        this.seconds = seconds;
        this.style = style;
    }

    /// Draws the recording: the rows of the chart, its axis, and the marks.
    List<String> lines(Recording recording) {
        double[] heights = new double[columns];
        Phase[] phases = new Phase[columns];
        fill(recording, heights, phases);
        double top = Rate.roundUp(Arrays.stream(heights).max().orElse(0));
        List<String> lines = new ArrayList<>();
        for (int row = HEIGHT - 1; row >= 0; row--) {
            String label = row == HEIGHT - 1 || row == HEIGHT / 2 - 1 ? Rate.text(top * (row + 1) / HEIGHT) + "/s" : "";
            lines.add(style.dim("%" + (LABEL - 2) + "s ┤").formatted(label) + row(heights, phases, top, row));
        }
        lines.add(style.dim(" ".repeat(LABEL - 1) + "└" + "─".repeat(columns)));
        lines.add(" ".repeat(LABEL) + marks(recording));
        return lines;
    }

    private int column(double time) {
        return Math.clamp((long) (time / seconds * columns), 0, columns - 1);
    }

    /// A sample fills all columns that it touches, so that there are no gaps in a wide chart.
    private void fill(Recording recording, double[] heights, Phase[] phases) {
        int[] counts = new int[columns];
        for (Sample sample : recording.samples()) {
            int last = column(sample.end());
            int first = Math.min(last, column(sample.begin()) + 1);
            for (int i = first; i <= last; i++) {
                heights[i] += (sample.throughput() - heights[i]) / ++counts[i];
                phases[i] = sample.phase();
            }
        }
    }

    private String row(double[] heights, Phase[] phases, double top, int row) {
        StringBuilder line = new StringBuilder();
        StringBuilder run = new StringBuilder();
        Phase of = Phase.WARM_UP;
        for (int i = 0; i < columns; i++) {
            Phase phase = phases[i] == null ? of : phases[i];
            if (phase != of) {
                line.append(coloured(of, run.toString()));
                run.setLength(0);
                of = phase;
            }
            double eighths = heights[i] / top * HEIGHT * 8 - row * 8;
            run.append(LEVELS.charAt(Math.clamp(Math.round(eighths), 0, 8)));
        }
        return line.append(coloured(of, run.toString())).toString();
    }

    private String coloured(Phase phase, String bars) {
        return switch (phase) {
            case WARM_UP -> style.dim(bars);
            case SETTING, LOADING, RESETTING -> style.yellow(bars);
            case PATCHED -> style.green(bars);
            case FIXED -> style.cyan(bars);
            case BEFORE, AFTER -> bars;
        };
    }

    private String marks(Recording recording) {
        StringBuilder line = new StringBuilder();
        mark(line, recording.start(Phase.SETTING), "▲ set");
        mark(line, recording.start(Phase.LOADING), "▲ load");
        mark(line, recording.start(Phase.RESETTING), "▲ reset");
        return style.bold(line.toString());
    }

    private void mark(StringBuilder line, double time, String text) {
        if (time >= 0) {
            int at = Math.min(column(time), columns - text.length());
            line.append(" ".repeat(Math.max(0, at - line.length()))).append(text);
        }
    }
}
