package dev.repoint.bench.trace;

import dev.repoint.bench.Settings;
import dev.repoint.bench.calls.trace.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `repoint trace` or `repoint count`, as a user types it; what it prints is thrown away.
///
/// @param settings where the command is
/// @param command its name
/// @param options what follows
record RepointTool(Settings settings, String command, List<String> options) implements Tool {

    RepointTool {
        options = List.copyOf(options);
    }

    @Override
    public String label() {
        return "repoint " + command + " --if";
    }

    @Override
    public Observation observe(long pid, int limit) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                settings.root().resolve("repoint").toString(),
                command,
                Long.toString(pid),
                Price.class.getName() + ".price",
                "--if",
                "args[0] < " + limit));
        words.addAll(options);
        Process observer = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(
                        settings.scratch("trace").resolve(command + ".log").toFile())
                .start();
        return () -> {
            if (!observer.isAlive()) {
                throw new IOException("repoint " + command + " ended with " + observer.exitValue() + "; see "
                        + settings.scratch("trace").resolve(command + ".log"));
            }
            observer.destroy();
            observer.waitFor();
            return true;
        };
    }
}
