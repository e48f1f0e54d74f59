package dev.repoint.cli;

import dev.repoint.cli.demo.Demo;
import dev.repoint.cli.demo.NativeDemo;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `repoint demo`: a service retargeted under load, and back.
@Command(
        name = "demo",
        header = "Patches a service under load, and checks every result.",
        description = {
            "",
            "Starts a service in another JVM, without Repoint. The service writes files of",
            "the JDK as hexadecimal text with commons-codec, and checks every result. The",
            "demo attaches to it, redirects Hex.encodeHexString to the JDK's HexFormat,",
            "resets it, and draws the throughput meanwhile.",
            "",
            "With --native, builds a small HTTP server from C (Linux, gcc or clang).",
            "Clients send requests without a break. The demo redirects a slow function to a",
            "fast one, replaces a faulty function by one from a library, and resets both.",
            ""
        },
        footer = {
            "",
            "Exit code 0 if no result was wrong and all calls reached their targets.",
            "Draws a chart on a terminal. With NO_COLOR, or in a pipe, prints lines.",
            "",
            "Examples:",
            "  repoint demo",
            "  repoint demo --native --seconds 10"
        })
final class DemoCommand implements Callable<Integer> {

    private static final int LEAST_SECONDS = 4;
    private static final int MOST_SECONDS = 600;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "The duration in seconds: 4 to 600 (default: 20).")
    private int seconds;

    @Option(names = "--native", description = "Uses a server in C instead of a service in a JVM.")
    private boolean isNative;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seconds " + seconds + " is not from " + LEAST_SECONDS + " to " + MOST_SECONDS);
        }
        PrintWriter out = spec.commandLine().getOut();
        Style style = Style.ofOutput();
        boolean right = isNative
                ? new NativeDemo(Home.find(), seconds).run(out, style)
                : new Demo(Home.find(), seconds).run(out, style);
        return right ? ExitCode.OK : ExitCode.FAILURE;
    }
}
