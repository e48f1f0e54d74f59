package dev.repoint.it.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What it costs a redis that its lookups are wrapped: how many GETs redis-benchmark gets answered, and the processor time of
/// the server for each, with the wrapping target and without, in turns.
final class WrappingCost {

    private static final int REQUESTS = 200_000;

    private final Server server;
    private final Path socket;
    private final double[][] perSecond;
    private final double[][] nanos;

    /// Wraps, or gives the default back.
    interface Wrapping {
        void set(boolean isWrapped);
    }

    /// @param rounds how often both are measured
    WrappingCost(Server server, Path socket, int rounds) {
        this.server = server;
        this.socket = socket;
        this.perSecond = new double[2][rounds];
        this.nanos = new double[2][rounds];
    }

    void measure(Wrapping wrapping) throws IOException, InterruptedException {
        for (int i = 0; i < perSecond[0].length; i++) {
            for (int turn = 0; turn < 2; turn++) {
                int which = (i + turn) % 2; // neither is always the first
                wrapping.set(which == 1);
                long before = processorNanos();
                perSecond[which][i] = requestsPerSecond();
                nanos[which][i] = (double) (processorNanos() - before) / REQUESTS;
            }
        }
        wrapping.set(false);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%.3f of the throughput (medians of %d: %,.0f GETs a second plain, %,.0f wrapped), %.3f of the"
                        + " processor time (%.0f ns for a GET plain, %.0f ns wrapped)",
                median(perSecond[1]) / median(perSecond[0]),
                perSecond[0].length,
                median(perSecond[0]),
                median(perSecond[1]),
                median(nanos[1]) / median(nanos[0]),
                median(nanos[0]),
                median(nanos[1]));
    }

    private static double median(double[] all) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /// That the first thread of the server has used: the one that answers.
    private long processorNanos() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/" + server.pid() + "/schedstat"))
                .split(" ")[0]);
    }

    private double requestsPerSecond() throws IOException, InterruptedException {
        Process benchmark = new ProcessBuilder(List.of(
                        "redis-benchmark",
                        "-s",
                        socket.toString(),
                        "-t",
                        "get",
                        "-n",
                        Integer.toString(REQUESTS),
                        "-c",
                        "8",
                        "-P",
                        "32",
                        "--csv"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(benchmark.getInputStream().readAllBytes());
        if (benchmark.waitFor() == 0) {
            for (String line : said.split("\n")) {
                if (line.startsWith("\"GET\"")) {
                    return Double.parseDouble(line.split("\"")[3]);
                }
            }
        }
        throw new IOException("redis-benchmark measured nothing: " + said);
    }
}
