package dev.repoint.cli;

import dev.repoint.cli.doctor.ArchiveChecks;
import dev.repoint.cli.doctor.ElfChecks;
import dev.repoint.cli.doctor.Finding;
import dev.repoint.cli.doctor.InstallationChecks;
import dev.repoint.cli.doctor.ProcessChecks;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.elf.ElfFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint doctor`: whether everything is there that the commands need, or what can be done with a file or a
/// process.
@Command(
        name = "doctor",
        header = "Checks whether commands can work on a machine, file or process.",
        description = {
            "",
            "Reports each fault and its remedy. Without a file or process, starts a JVM,",
            "attaches to it, and redirects one of its methods. With a file or process, only",
            "checks whether calls can be redirected, and reports the obstacles. Attaches to a",
            "JVM for this, and loads nothing into it.",
            ""
        },
        footer = {
            "",
            "Exit code 0 if commands can work, 1 if there is an essential fault.",
            "",
            "Examples:",
            "  repoint doctor",
            "  repoint doctor 4711",
            "  repoint doctor server",
            "  export PATH=$(repoint doctor --java-home)/bin:$PATH"
        })
final class DoctorCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE or PID",
            converter = FileOrProcess.Converter.class,
            description = "A file or a process to check.")
    private @Nullable FileOrProcess subject;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Option(names = "--java-home", description = "Prints only the folder of the JDK that runs Repoint.")
    private boolean javaHome;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (javaHome) {
            out.println(System.getProperty("java.home"));
            return ExitCode.OK;
        }
        Style style = Style.ofOutput();
        List<Finding> found = new ArrayList<>();
        Consumer<Finding> findings = finding -> {
            found.add(finding);
            if (!json) {
                print(finding, out, style);
            }
        };
        FileOrProcess asked = subject;
        Path file = asked == null ? null : asked.file();
        if (asked == null) {
            InstallationChecks.run(findings);
        } else if (file == null) {
            ProcessChecks.run(asked.pid(), findings);
        } else if (SiteSearch.isNative(file)) {
            ElfFile elf = ElfFile.read(file);
            List<String> said = new ArrayList<>();
            ElfChecks.run(file, elf, ModuleTable.of(file, elf, null, said::add), said, findings);
        } else {
            ArchiveChecks.run(file, findings);
        }
        if (json) {
            printJson(found, out);
        }
        return found.stream().noneMatch(each -> each.level() == Finding.Level.OFF) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void printJson(List<Finding> findings, PrintWriter out) {
        JsonWriter writer = new JsonWriter(out);
        writer.object().name("findings").array();
        for (Finding each : findings) {
            writer.object().name("level").value(each.level().name().toLowerCase(Locale.ROOT));
            writer.name("subject").value(each.subject());
            writer.name("found").value(each.found());
            writer.name("remedy").value(each.remedy()).endObject();
        }
        writer.endArray().endObject().end();
    }

    private static void print(Finding finding, PrintWriter out, Style style) {
        String level = switch (finding.level()) {
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
