package dev.repoint.cli;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.report.Count;
import dev.repoint.stress.Stress;
import dev.repoint.stress.StressResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `repoint stress`: patches native code under load, and counts calls that went wrong.
@Command(
        name = "stress",
        header = "Patches native code under load, and counts wrong calls.",
        description = {
            "",
            "Changes thousands of sites of all kinds without pause. Java threads, native",
            "threads and the handler of a timer signal call them, and check every result.",
            "Needs Linux on x86-64 or AArch64, and a C compiler (cc, or the one that CC",
            "names).",
            ""
        },
        footer = {
            "",
            "Exit code 0 if calls met patches and no result was wrong, else 1. A crash is",
            "also a failure.",
            "",
            "Examples:",
            "  repoint stress",
            "  repoint stress --seconds 60 --sites 10000"
        })
final class StressCommand implements Callable<Integer> {

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "The duration in seconds (default: 10).")
    private int seconds;

    @Option(
            names = "--sites",
            paramLabel = "N",
            defaultValue = "3200",
            description = "The number of sites (default: 3200).")
    private int sites;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = {"The number of Java threads that call, and of native", "threads (default: 2)."})
    private int threads;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (seconds < 1 || sites < Stress.LEAST_SITES) {
            throw new ParameterException(
                    spec.commandLine(), "a stress takes at least 1 second and " + Stress.LEAST_SITES + " sites");
        }
        if (threads < 1 || threads > Stress.MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(), "a stress has 1 to " + Stress.MOST_THREADS + " threads, and not " + threads);
        }
        new Notices(spec)
                .accept("stress of " + Count.of(sites, "site", "sites") + " for "
                        + Count.of(seconds, "second", "seconds") + " ...");
        StressResult result;
        try {
            result = Stress.run(sites, threads, seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
        print(result, spec.commandLine().getOut());
        if (result.wrong() + result.backwards() == 0 && !result.isGood()) {
            throw new CommandFailure("no result: no call met a patch; use more --seconds");
        }
        return result.isGood() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(StressResult result, PrintWriter out) {
        out.printf(Locale.ROOT, "%-12s %,15d%n", "sites", result.sites());
        out.printf(
                Locale.ROOT,
                "%-12s %,15d   each of them by one flip: %,d%n",
                "patches",
                result.patches(),
                result.flips());
        out.printf(Locale.ROOT, "%-12s %,15d%n", "changes", result.changes());
        out.printf(
                Locale.ROOT,
                "%-12s %,15d   of them in the handler of a signal: %,d%n",
                "calls",
                result.calls(),
                result.timerCalls());
        out.printf(Locale.ROOT, "%-12s %,15d%n", "traps", result.traps());
        out.printf(Locale.ROOT, "%-12s %,15d%n", "collections", result.collections());
        out.printf(Locale.ROOT, "%-12s %,15d%n", "unjudged", result.unjudged());
        out.printf(Locale.ROOT, "%-12s %,15d   a new target, then an old one%n", "backwards", result.backwards());
        out.printf(
                Locale.ROOT,
                "%-12s %,15d%s%n",
                "wrong",
                result.wrong(),
                result.firstWrong().isEmpty() ? "" : "   first: " + result.firstWrong());
    }
}
