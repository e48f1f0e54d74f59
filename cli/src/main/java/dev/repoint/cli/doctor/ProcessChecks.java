package dev.repoint.cli.doctor;

import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessFacts;
import dev.repoint.linux.process.ProcessFile;
import dev.repoint.linux.process.ProcessSandbox;
import dev.repoint.linux.process.ProcessState;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import java.util.function.Consumer;

/// The checks of a process that runs, in order. It is only read; the filters of a sandbox are asked with its
/// threads stopped for a moment.
public final class ProcessChecks {

    private ProcessChecks() {}

    /// Makes all checks, as far as the process lets itself be looked at.
    ///
    /// @param all takes what was found, as it is found
    /// @throws NativePatchException if there is no such process
    public static void run(long pid, Consumer<Finding> all) {
        ProcessFacts facts = ProcessFacts.of(pid);
        boolean isJvm = OtherProcess.isJvm(pid);
        Consumer<Finding> findings = isJvm ? JvmChecks.ofNativeCode(all) : all;
        all.accept(Finding.ok(
                "process",
                facts.name() + ", user " + facts.user() + ", " + facts.threads()
                        + (facts.threads() == 1 ? " thread" : " threads") + (isJvm ? ", a JVM" : "")));
        if (isJvm) {
            JvmChecks.run(pid, all);
        }
        if (facts.obstacle().isPresent()) {
            findings.accept(Finding.off("access", facts.obstacle().get(), ""));
            return;
        }
        findings.accept(
                facts.tracer() == 0
                        ? Finding.ok("debugger", "none is attached")
                        : Finding.off(
                                "debugger",
                                facts.tracerName() + " (process " + facts.tracer() + ") is attached",
                                "detach it: a process has one debugger at a time"));
        if (facts.parent() == ProcessHandle.current().pid()) {
            findings.accept(Finding.off(
                    "parent",
                    "it is a child of this process, whose JVM takes its stops away",
                    "start it from another process"));
        }
        if (facts.tracer() == 0) {
            sandbox(pid, findings);
        }
        try (OtherProcess process = OtherProcess.open(pid)) {
            files(process, findings);
        } catch (NativePatchException e) {
            findings.accept(Finding.off("access", String.valueOf(e.getMessage()), ""));
        }
    }

    /// What its seccomp filters let a patch do.
    private static void sandbox(long pid, Consumer<Finding> findings) {
        try {
            ProcessSandbox sandbox = ProcessSandbox.of(pid);
            if (!sandbox.isThere()) {
                return;
            }
            if (sandbox.patching().isPresent()) {
                findings.accept(Finding.off("sandbox", sandbox.patching().get(), ""));
                return;
            }
            findings.accept(Finding.ok("sandbox", "its seccomp filter allows what a patch needs"));
            sandbox.storing()
                    .ifPresent(each ->
                            findings.accept(Finding.note("sandbox", each, "so the process is stopped for each patch")));
            sandbox.loading().ifPresent(each -> findings.accept(Finding.note("sandbox", each, "so --load is refused")));
        } catch (NativePatchException e) {
            findings.accept(Finding.off("sandbox", String.valueOf(e.getMessage()), ""));
        }
    }

    private static void files(OtherProcess process, Consumer<Finding> findings) {
        List<ProcessFile> files = process.files();
        findings.accept(Finding.ok("files", files.size() + " loaded modules match their files"));
        process.unknown()
                .forEach(each ->
                        findings.accept(Finding.note("files", each, "Repoint cannot redirect the calls of this file")));
        process.remarks().forEach(each -> findings.accept(Finding.note("files", each, "")));
        ProcessFile program = files.getFirst();
        SiteTable table = process.table(program);
        int imports = 0;
        int others = 0;
        for (Patchable each : table.patchables()) {
            boolean hasSites = !each.sites().isEmpty();
            imports += hasSites && each.isImported() ? 1 : 0;
            others += hasSites && !each.isImported() ? 1 : 0;
        }
        String found = program.name() + ": " + imports + " imports and " + others + " functions and pointers of its own"
                + " can be redirected";
        findings.accept(
                table.gaps().isEmpty()
                        ? Finding.ok("sites", found)
                        : Finding.note("sites", found, String.join("; ", table.gaps())));
        int functions =
                FunctionTable.of(program.file(), DebugFiles.usual()).all().size();
        findings.accept(Finding.ok(
                "entries",
                program.name() + ": " + functions + (functions == 1 ? " function is" : " functions are")
                        + " known, and can be redirected for every caller if the entry allows it"));
        process.unloaded().forEach(each -> findings.accept(Finding.note("patches", each, "")));
        List<ProcessState> set = process.status();
        findings.accept(Finding.ok(
                "patches",
                set.isEmpty()
                        ? "none was made from outside"
                        : String.join(
                                ", ",
                                set.stream()
                                        .map(each -> each.text() + " -> " + each.target()
                                                + (each.mechanism() == Mechanism.ENTRY ? " (entry)" : ""))
                                        .toList())));
    }
}
