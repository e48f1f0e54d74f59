package dev.repoint.cli;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.report.PatchJson;
import dev.repoint.cli.report.PatchText;
import dev.repoint.elf.ElfFile;
import dev.repoint.machine.plan.Change;
import dev.repoint.machine.plan.FilePatch;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.Planner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint patch`: points calls of native code elsewhere, in a file.
@Command(
        name = "patch",
        header = "Writes a program, library or object file whose calls lead elsewhere.",
        description = {
            "",
            "All of it is checked before anything is written. The output runs without Repoint;",
            "FILE may be OUT, and may be running: a running program keeps the old file.",
            ""
        },
        footer = {
            "",
            "KEY is a function (crc32, util.c:crc32), a pointer (log, ops+8, ops.flush) or a",
            "variable with pointers (ops). TARGET is a function, nothing, zero or default; for a",
            "variable with pointers also another one of its type.",
            "",
            "Examples:",
            "  repoint patch server crc32=crc32_simd log=nothing -o server.new",
            "  repoint patch server ops=xen_ops --dry-run"
        })
final class PatchCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "A program, shared library or object file.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=TARGET", description = "What is to lead where.")
    private List<String> changes = new ArrayList<>();

    @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "What to write.")
    private @Nullable Path output;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Its table; FILE.sites is found by itself.")
    private @Nullable Path table;

    @Option(names = "--dry-run", description = "Shows all bytes that would change, and writes nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<Change> wishes = wishes();
        Path out = output;
        if (out == null && !dryRun) {
            throw new ParameterException(spec.commandLine(), "missing required option: '--output=OUT', or --dry-run");
        }
        if (file.toString().matches("[0-9]+") && !Files.exists(file)) {
            throw new CommandFailure(file + ": there is no such file; of a running process 'repoint set " + file + " "
                    + String.join(" ", changes) + "' points calls elsewhere");
        }
        if (!ElfFile.looksLikeElf(file)) {
            throw new CommandFailure(file + ": is no ELF file; 'repoint weave' is for jars and classes");
        }
        ElfFile elf = ElfFile.read(file);
        Plan plan = Planner.plan(elf, ModuleTable.of(file, elf, table, new Talk(spec)), wishes);
        if (out != null && !dryRun) {
            FilePatch.write(elf, plan, out);
        }
        report(plan, dryRun ? null : out);
        return ExitCode.OK;
    }

    private List<Change> wishes() {
        try {
            return changes.stream().map(Change::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void report(Plan plan, @Nullable Path written) {
        PrintWriter out = spec.commandLine().getOut();
        Talk talk = new Talk(spec);
        plan.warnings().forEach(warning -> talk.accept("warning: " + warning));
        if (json) {
            PatchJson.print(plan, written, out);
        } else {
            new PatchText(out, Style.ofOutput()).print(plan, written);
        }
    }
}
