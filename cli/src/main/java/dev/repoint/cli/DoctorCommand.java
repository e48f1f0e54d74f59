package dev.repoint.cli;

import dev.repoint.cli.doctor.Checks;
import dev.repoint.cli.doctor.Finding;
import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `repoint doctor`: whether everything is there that the commands need.
@Command(
        name = "doctor",
        header = "Tells whether this machine has what the commands need.",
        description = {
            "",
            "Tells what is off and how to mend it. It starts a JVM of its own, attaches to",
            "it, and retargets one of its methods.",
            ""
        },
        footer = {
            "",
            "Exit code 0 if commands can work, 1 if something essential is off.",
            "",
            "Examples:",
            "  repoint doctor",
            "  export PATH=$(repoint doctor --java-home)/bin:$PATH"
        })
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--java-home", description = "Prints only the folder of the JDK that is used.")
    private boolean javaHome;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (javaHome) {
            out.println(System.getProperty("java.home"));
            return ExitCode.OK;
        }
        Style style = Style.ofOutput();
        List<Finding> off = new ArrayList<>();
        Checks.run(finding -> {
            print(finding, out, style);
            if (finding.level() == Finding.Level.OFF) {
                off.add(finding);
            }
        });
        return off.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(Finding finding, PrintWriter out, Style style) {
        String level =
                switch (finding.level()) {
                    case OK -> style.green("ok  ");
                    case NOTE -> style.yellow("note");
                    case OFF -> style.red("OFF ");
                };
        out.printf("%s  %-8s %s%n", level, finding.subject(), finding.found());
        if (!finding.remedy().isEmpty()) {
            out.println("               " + finding.remedy());
        }
        out.flush();
    }
}
