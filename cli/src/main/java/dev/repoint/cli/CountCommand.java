package dev.repoint.cli;

import dev.repoint.cli.trace.CountLines;
import dev.repoint.cli.trace.Durations;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `repoint count`: how often methods of a running JVM are called.
@Command(
        name = "count",
        header = "Counts calls of methods in a running JVM.",
        description = {
            "",
            "Prints the calls since the last line, at each interval, until --limit or Ctrl-C,",
            "and the sum at the end. The methods are redirected to targets that call the",
            "default. These are removed at the end, and within 2 seconds if this command is",
            "killed.",
            ""
        },
        footer = {
            "",
            "'repoint trace --help' describes EXPR.",
            "Examples:",
            "  repoint count 4711 com.acme.Shop.price",
            "  repoint count 4711 com.acme.Shop.price --time --every 5s --limit 1",
            "  repoint count 4711 com.acme.Shop.price --if 'thrown || result < 0'"
        })
final class CountCommand implements Callable<Integer> {

    private static final long SHORTEST = 50;
    /// A trace ends if it is not asked for 2 seconds.
    private static final long LONGEST_PAUSE = 500;

    @Mixin
    private ObservedCalls calls = new ObservedCalls();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "The interval: 500ms, 1s, 2m (default: 1s).")
    private String every = "1s";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends after so many intervals (default: 0, never).")
    private long limit;

    @Option(names = "--json", description = "Writes one line of JSON for each interval and method.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        long pid = calls.pid();
        long interval = interval();
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit " + limit + " is not at least 0");
        }
        PrintWriter out = spec.commandLine().getOut();
        CountLines lines = new CountLines(out, json);
        long began = System.nanoTime();
        long[] intervals = new long[1];
        long pause = Math.min(interval, LONGEST_PAUSE);
        String end = new Tracing(pid, spec).run(calls.keys(), calls.options(true, 1), pause, rows -> {
            lines.take(rows);
            if ((System.nanoTime() - began) / 1_000_000 < (intervals[0] + 1) * interval) {
                return true;
            }
            intervals[0]++;
            lines.printInterval(interval);
            return !out.checkError() && intervals[0] != limit;
        });
        lines.printSum();
        if (end.equals("process")) {
            new Notices(spec).accept("process " + pid + " has ended");
        }
        return ExitCode.OK;
    }

    private long interval() {
        try {
            long interval = Durations.millis(every);
            if (interval < SHORTEST) {
                throw new ParameterException(
                        spec.commandLine(), "--every " + every + " is less than " + SHORTEST + "ms");
            }
            return interval;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--every: " + e.getMessage(), e);
        }
    }
}
