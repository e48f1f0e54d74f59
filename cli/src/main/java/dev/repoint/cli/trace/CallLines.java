package dev.repoint.cli.trace;

import dev.repoint.agent.trace.TraceRow;
import dev.repoint.cli.output.JsonWriter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A line for each observed call.
///
/// @param out where to
/// @param json whether lines are JSON
/// @param showsArguments whether they are shown
/// @param showsResult whether it is shown, or what was thrown
public record CallLines(PrintWriter out, boolean json, boolean showsArguments, boolean showsResult) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    /// Prints a call.
    ///
    /// @param call what the JVM tells of it
    public void print(TraceRow.Call call) {
        if (json) {
            printJson(call);
            return;
        }
        StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(call.millis())));
        line.append("  ").append(call.thread()).append("  ").append(call.key());
        if (showsArguments) {
            line.append("  args: ").append(String.join(", ", call.arguments()));
        }
        if (!call.thrown().isEmpty()) {
            line.append("  threw ").append(call.thrown());
        } else if (showsResult && !call.result().isEmpty()) {
            line.append("  result: ").append(call.result());
        }
        if (call.nanos() >= 0) {
            line.append("  ").append(Durations.text(call.nanos()));
        }
        out.println(line);
    }

    private void printJson(TraceRow.Call call) {
        JsonWriter writer = JsonWriter.compact(out);
        writer.object().name("time").value(Instant.ofEpochMilli(call.millis()).toString());
        writer.name("thread").value(call.thread());
        writer.name("key").value(call.key());
        if (showsArguments) {
            writer.name("args").array();
            call.arguments().forEach(writer::value);
            writer.endArray();
        }
        if (!call.thrown().isEmpty()) {
            writer.name("thrown").value(call.thrown());
        } else if (showsResult && !call.result().isEmpty()) {
            writer.name("result").value(call.result());
        }
        if (call.nanos() >= 0) {
            writer.name("nanos").value(call.nanos());
        }
        writer.endObject().end();
    }
}
