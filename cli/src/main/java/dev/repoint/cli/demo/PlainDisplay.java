package dev.repoint.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/// A line each second, for logs: `  3.0 s  default     1.4M/s  wrong 0  ##############`.
final class PlainDisplay implements Display {

    private static final double PERIOD = 1;
    private static final double CALLS_PER_MARK = 200_000;
    private static final int MOST_MARKS = 40;

    private final PrintWriter out;
    private Reading shown = Reading.ZERO;
    private Phase phase = Phase.WARM_UP;

    PlainDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void show(Recording recording) {
        Sample since = new Sample(recording.phase(), shown, recording.last());
        boolean phaseBegan = phase != recording.phase();
        if (phaseBegan || since.end() - since.begin() >= PERIOD) {
            print(phaseBegan ? new Sample(phase, shown, recording.last()) : since);
            shown = recording.last();
            phase = recording.phase();
        }
    }

    @Override
    public void end() {
        out.flush();
    }

    private void print(Sample sample) {
        if (sample.end() <= sample.begin()) {
            return;
        }
        int marks = Math.clamp(Math.round(sample.throughput() / CALLS_PER_MARK), 0, MOST_MARKS);
        say(String.format(
                Locale.ROOT,
                "%5.1f s  %-10s  %7s  wrong %d  %s",
                sample.end(),
                sample.phase().title(),
                Chart.millions(sample.throughput()),
                sample.to().wrong(),
                "#".repeat(marks)));
    }
}
