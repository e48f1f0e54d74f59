package dev.repoint.cli.trace;

import dev.repoint.agent.trace.TraceRow;
import dev.repoint.cli.output.JsonWriter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The counts of calls: a line for each method and interval, and the sum. Not thread-safe.
public final class CountLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final PrintWriter out;
    private final boolean json;
    private final Map<String, TraceRow.Count> now = new TreeMap<>();
    private final Map<String, TraceRow.Count> shown = new TreeMap<>();

    /// Nothing is counted yet.
    ///
    /// @param out where to
    /// @param json whether lines are JSON
    public CountLines(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /// Takes note of what was counted from the start on.
    ///
    /// @param rows one or more for each method: its runtimes count apart
    public void take(List<TraceRow> rows) {
        Map<String, TraceRow.Count> taken = new TreeMap<>();
        for (TraceRow row : rows) {
            if (row instanceof TraceRow.Count count) {
                taken.merge(count.key(), count, TraceRow.Count::plus);
            }
        }
        now.putAll(taken);
    }

    /// Prints the calls since the last time.
    ///
    /// @param millis the interval
    public void printInterval(long millis) {
        Instant time = Instant.now();
        now.forEach((key, count) -> {
            TraceRow.Count before = shown.put(key, count);
            long calls = count.calls() - (before == null ? 0 : before.calls());
            long thrown = count.thrown() - (before == null ? 0 : before.thrown());
            if (json) {
                JsonWriter writer = JsonWriter.compact(out);
                writer.object().name("time").value(time.toString());
                writer.name("key").value(key);
                writer.name("calls").value(calls);
                writer.name("thrown").value(thrown).endObject().end();
            } else {
                out.printf(
                        "%s  %s  %,d calls%s  %,.0f/s%n",
                        TIME.format(time), key, calls, thrown(thrown), calls * 1_000.0 / millis);
            }
        });
        out.flush();
    }

    /// Prints the calls from the start on, and their times as a picture.
    public void printSum() {
        if (json) {
            return; // it can be computed
        }
        now.forEach((key, count) -> {
            out.printf("%s: %,d calls%s%n", key, count.calls(), thrown(count.thrown()));
            Histogram.print(out, count.times());
        });
        out.flush();
    }

    private static String thrown(long thrown) {
        return thrown == 0 ? "" : String.format(Locale.ROOT, ", %,d threw", thrown);
    }
}
