package dev.repoint.bench.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command whose output is thrown away, and what it cost.
///
/// @param name in tables
/// @param words what is run
record Command(String name, List<String> words) {

    private static final Path TIME = Path.of("/usr/bin/time");
    private static final long LIMIT_MINUTES = 10;

    /// What one run cost.
    ///
    /// @param millis from the start of the process to its end
    /// @param peakKilobytes the most memory that it held at once
    record Cost(double millis, double peakKilobytes) {}

    /// Runs it to its end. GNU time asks the kernel for the peak; its own start is a millisecond, the same for
    /// all.
    Cost run(Path scratch) throws IOException, InterruptedException {
        if (!Files.isExecutable(TIME)) {
            throw new IOException(TIME + " is missing: install the package time");
        }
        Path peak = scratch.resolve("peak");
        Path errors = scratch.resolve("errors");
        List<String> command = new ArrayList<>(List.of(TIME.toString(), "-q", "-f", "%M", "-o", peak.toString()));
        command.addAll(words);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(this + " was not done in " + LIMIT_MINUTES + " minutes");
        }
        double millis = (System.nanoTime() - start) * 1e-6;
        if (process.exitValue() != 0) {
            throw new IOException(
                    this + " ended with status " + process.exitValue() + ":\n" + Files.readString(errors));
        }
        return new Cost(millis, Double.parseDouble(Files.readString(peak).strip()));
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
