package dev.repoint.cli;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.report.PatchJson;
import dev.repoint.cli.report.PatchText;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.machine.diversion.DivertedFile;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.plan.AppendedSignature;
import dev.repoint.machine.plan.Change;
import dev.repoint.machine.plan.FilePatch;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.Planner;
import dev.repoint.machine.plan.TypeCheck;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint patch`: points calls elsewhere, in a file.
@Command(
        name = "patch",
        header = "Redirects calls in a program, library, object file or jar.",
        abbreviateSynopsis = true,
        description = "",
        footer = {
            "KEY: a function (util.c:crc32), a pointer (log, ops.flush), or a variable with",
            "pointers. TARGET: the same, nothing, zero, default. For jars see repoint set.",
            "Examples:",
            "  repoint patch server crc32=crc32_simd ops=xen_ops -o server.new",
            "  repoint patch app.jar com.acme.Crc.update=com.acme.Fast.update -o new.jar"
        })
final class PatchCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "Native code, a jar, or a folder of classes.")
    private Path file = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=TARGET",
            description = "The changes: a key and its new target.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write. Native: also FILE, as it runs.")
    private @Nullable Path output;

    @Option(names = "--table", paramLabel = "TABLE", description = "The table of the file. Default: FILE.sites.")
    private @Nullable Path table;

    @Option(names = "--dry-run", description = "Shows each changed byte, and writes nothing.")
    private boolean dryRun;

    @Option(names = "--strip-signatures", description = "Removes the signature of signed jars and modules.")
    private boolean stripSignatures;

    @Option(names = "--force", description = "Patches although types differ, or calls remain.")
    private boolean force;

    @Option(names = "--direct", description = "Points the calls in a jar elsewhere; needs no runtime.")
    private boolean direct;

    @Option(names = "--closed-world", description = "No class outside of FILE extends one of its own.")
    private boolean closedWorld;

    @Mixin
    private NestedJarOption libraries = new NestedJarOption();

    @Mixin
    private EntryOptions entries = new EntryOptions();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path out = dryRun ? null : output;
        if (file.toString().matches("[0-9]+") && !Files.exists(file)) {
            throw new CommandFailure(file + ": there is no such file; 'repoint set " + file + " "
                    + String.join(" ", changes) + "' redirects calls of a running process");
        }
        if (output == null && !dryRun) {
            throw new ParameterException(spec.commandLine(), "missing required option: '--output=OUT', or --dry-run");
        }
        if (Files.isDirectory(file) || !ElfFile.looksLikeElf(file)) {
            ProcessKind.requireAbsent(spec, table != null, "--table", "native code");
            ProcessKind.requireAbsent(spec, closedWorld && !direct, "--closed-world", "--direct");
            ProcessKind.requireAbsent(spec, entries.isGiven(), "--by, --all-names, --debug-dir", "native code");
            if (direct) {
                new DirectJarPatch(file, out, libraries.jars(), stripSignatures, closedWorld, force, spec)
                        .write(changes, json);
                return ExitCode.OK;
            }
            new JarPatch(file, out, libraries.jars(), stripSignatures, spec).write(changes, json);
            return ExitCode.OK;
        }
        ProcessKind.requireAbsent(spec, libraries.isGiven(), "--only", "jars");
        ProcessKind.requireAbsent(spec, direct, "--direct", "jars; a native file is always patched so");
        ProcessKind.requireAbsent(spec, closedWorld, "--closed-world", "jars");
        List<Change> wishes = wishes();
        ElfFile whole = ElfFile.read(file);
        OptionalLong signature = AppendedSignature.start(whole);
        ProcessKind.requireAbsent(
                spec,
                stripSignatures && signature.isEmpty(),
                "--strip-signatures",
                "jars and kernel modules that are signed");
        ElfFile elf = signature.isEmpty() ? whole : unsigned(whole, signature.getAsLong());
        Plan plan = plan(elf, wishes);
        Map<String, String> unknown = force ? Map.of() : TypeCheck.of(elf, plan, entries.search());
        if (out != null) {
            FilePatch.write(elf, plan, out, signature.isPresent());
        }
        warn(plan, unknown);
        report(plan, out);
        return ExitCode.OK;
    }

    private Plan plan(ElfFile elf, List<Change> wishes) throws ElfException {
        if (elf.type() == ElfType.RELOCATABLE) {
            ProcessKind.requireAbsent(spec, entries.isGiven(), "--by, --all-names, --debug-dir", "linked files");
            return Planner.plan(elf, ModuleTable.of(file, elf, table, new Notices(spec)), wishes);
        }
        DivertedFile diverted = DivertedFile.of(elf);
        SiteTable sites = ModuleTable.of(file, diverted.original(), table, new Notices(spec));
        return Planner.plan(diverted, sites, wishes, entries.choice(), entries.search());
    }

    /// A signed module without its signature.
    private ElfFile unsigned(ElfFile whole, long end) throws ElfException {
        if (!stripSignatures) {
            throw new CommandFailure(file + " is signed (a module signature is appended): patched code would not match"
                    + " the signature; strip it with --strip-signatures");
        }
        new Notices(spec)
                .accept("warning: the module signature is stripped; sign the new file again: a kernel that requires"
                        + " signatures does not load it");
        return ElfFile.of(whole.name(), whole.bytes().asSlice(0, end));
    }

    private List<Change> wishes() {
        try {
            return changes.stream().map(Change::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// One line for each patchable.
    private void warn(Plan plan, Map<String, String> unknown) {
        Notices notices = new Notices(spec);
        Map<String, String> left = new LinkedHashMap<>(unknown);
        for (String each : plan.warnings()) {
            String more = each.indexOf(' ') < 0 ? null : left.remove(each.substring(0, each.indexOf(' ')));
            notices.accept("warning: " + each + (more == null ? "" : "; " + more));
        }
        left.forEach((key, text) -> notices.accept("warning: " + Demangler.shown(key) + ": " + text));
    }

    private void report(Plan plan, @Nullable Path written) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            PatchJson.print(plan, written, out);
        } else {
            new PatchText(out, Style.ofOutput()).print(plan, written);
        }
    }
}
