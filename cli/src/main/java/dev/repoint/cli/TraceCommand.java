package dev.repoint.cli;

import dev.repoint.agent.trace.TraceRow;
import dev.repoint.cli.trace.CallLines;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `repoint trace`: the calls of methods of a running JVM, as they happen.
@Command(
        name = "trace",
        header = "Shows calls of methods in a running JVM.",
        description = {
            "",
            "A line for each call, until the limit or Ctrl-C. The methods lead to targets",
            "that call the default; a JVM removes them 2 s after this command is killed.",
            ""
        },
        footer = {
            "EXPR compares args[0], args[1], this, result, thrown, time, 42, 'c', \"text\",",
            "true, null, 5ms: by == != < <= > >= && || ! and ( ). It calls no code.",
            "Examples:",
            "  repoint trace 4711 com.acme.Shop.price --args --result --time",
            "  repoint trace 4711 com.acme.Shop.price --if 'args[0] < 0 && time > 5ms'"
        })
final class TraceCommand implements Callable<Integer> {

    private static final long INTERVAL_MILLIS = 100;

    @Mixin
    private ObservedCalls calls = new ObservedCalls();

    @Option(names = "--args", description = "Shows the arguments.")
    private boolean arguments;

    @Option(names = "--result", description = "Shows the result.")
    private boolean result;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Ends after so many calls (default: 100).")
    private long limit;

    @Option(names = "--json", description = "Writes one line of JSON for each call.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private long dropped;

    @Override
    public Integer call() {
        long pid = calls.pid();
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit " + limit + " is not at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        CallLines lines = new CallLines(out, json, arguments, result);
        String end = new Tracing(pid, spec).run(calls.keys(), calls.options(false, limit), INTERVAL_MILLIS, rows -> {
            rows.forEach(each -> show(lines, each));
            return !out.checkError();
        });
        Notices notices = new Notices(spec);
        if (dropped > 0) {
            notices.accept(dropped + " calls came too fast and are not shown");
        }
        switch (end) {
            case "limit" ->
                notices.accept(
                        "ended after " + (limit == 1 ? "1 call" : limit + " calls") + "; --limit sets another number");
            case "process" -> notices.accept("process " + pid + " has ended");
            default -> {} // the user knows
        }
        return ExitCode.OK;
    }

    private void show(CallLines lines, TraceRow row) {
        if (row instanceof TraceRow.Call call) {
            lines.print(call);
        } else if (row instanceof TraceRow.Dropped more) {
            dropped += more.calls();
        }
    }
}
