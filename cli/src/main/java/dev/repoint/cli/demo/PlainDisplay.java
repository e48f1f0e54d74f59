package dev.repoint.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/// A line each second, for logs: `  3.0 s  default     1.4M/s  wrong 0  ##############`.
final class PlainDisplay implements Display {

    private static final double PERIOD = 1;
    private static final int FIRST_MARKS = 12;
    private static final int MOST_MARKS = 60;

    private final PrintWriter out;
    private Reading shown = Reading.ZERO;
    private Reading last = Reading.ZERO;
    private double perMark;
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
        if (recording.phase() != phase) {
            print();
            phase = recording.phase();
        }
        last = recording.last();
        if (new Sample(phase, shown, last).seconds() >= PERIOD) {
            print();
        }
    }

    @Override
    public void end() {
        print();
    }

    private void print() {
        if (last.nanos() <= shown.nanos()) {
            return;
        }
        Sample sample = new Sample(phase, shown, last);
        shown = last;
        if (perMark == 0) {
            perMark = Math.max(1, sample.throughput() / FIRST_MARKS);
        }
        int marks = Math.clamp(Math.round(sample.throughput() / perMark), 0, MOST_MARKS);
        say(String.format(
                Locale.ROOT,
                "%5.1f s  %-10s  %7s  wrong %d  %s",
                sample.end(),
                sample.phase().title(),
                Rate.text(sample.throughput()) + "/s",
                sample.to().wrong(),
                "#".repeat(marks)));
    }
}
