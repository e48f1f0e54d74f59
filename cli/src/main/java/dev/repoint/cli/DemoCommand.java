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
        header = "Retargets a service under load, and back, and checks every result.",
        description = {
            "",
            "Starts a service in a JVM of its own, without Repoint: it writes files of the",
            "JDK as hexadecimal text with commons-codec, and checks every result. Attaches",
            "to it, points Hex.encodeHexString at the JDK's HexFormat, and back, and draws",
            "the throughput as it happens.",
            "",
            "With --native: builds a small HTTP server from C (x86-64 Linux, with gcc or",
            "clang), has clients ask it without a break, points a slow function of it at a",
            "fast one, replaces a faulty one by one from a library that it loads for this,",
            "and resets both.",
            ""
        },
        footer = {
            "",
            "Exit code 0 if no result was wrong and all calls arrived where they should.",
            "A chart is drawn on a terminal; elsewhere, and with NO_COLOR set, lines.",
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
            description = "How long the service is to run: 4 to 600 (default: 20).")
    private int seconds;

    @Option(names = "--native", description = "Retarget a server in C, and no service in a JVM.")
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
