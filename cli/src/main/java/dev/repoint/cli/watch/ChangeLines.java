package dev.repoint.cli.watch;

import dev.repoint.cli.output.JsonWriter;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A line for each change. What is not listed any more leads to its default.
final class ChangeLines implements WatchDisplay {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final PrintWriter out;
    private final boolean json;
    private Map<String, String> shown = new HashMap<>();

    ChangeLines(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void show(List<WatchedPatchable> rows) {
        Map<String, String> now = new HashMap<>();
        for (WatchedPatchable each : rows) {
            now.put(each.key(), each.target());
            changed(each.key(), shown.getOrDefault(each.key(), "default"), each.target());
        }
        shown.forEach((key, target) -> {
            if (!now.containsKey(key)) {
                changed(key, target, "default");
            }
        });
        shown = now;
        out.flush();
    }

    private void changed(String key, String before, String target) {
        if (before.equals(target)) {
            return;
        }
        if (json) {
            JsonWriter writer = JsonWriter.compact(out);
            writer.object().name("time").value(Instant.now().toString());
            writer.name("key").value(key);
            writer.name("before").value(before);
            writer.name("target").value(target).endObject().end();
        } else {
            out.println(
                    TIME.format(LocalTime.now(ZoneId.systemDefault())) + "  " + key + ": " + before + " -> " + target);
        }
    }

    @Override
    public void end() {
        out.flush();
    }
}
