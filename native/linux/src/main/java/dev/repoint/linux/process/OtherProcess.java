package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerInspector;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.patcher.ProcessPatch;
import dev.repoint.linux.patcher.ProcessPatcher;
import dev.repoint.linux.ptrace.AuxiliaryVector;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Another process, whose native patchables are redirected while it runs. The program needs no changes.
///
/// {@snippet :
/// try (OtherProcess server = OtherProcess.open(4711)) {
///     server.set(List.of(ProcessChange.parse("checksum=checksum_simd"), ProcessChange.parse("log=nothing")));
///     server.reset(List.of());
/// }
/// }
///
/// The process itself stores its patches in its memory: later instances find them there, and they end with the
/// process. Each patch is made whole or not at all, also if this JVM is killed meanwhile. The process is stopped
/// for it; but if one patchable has only slots and pointers, a thread of the process changes them while all
/// others run.
///
/// Needs Linux on x86-64 or AArch64, the right to debug the process, and native access for its module
/// (`--enable-native-access=dev.repoint.linux`). Keeps files and tables from one call to the next.
/// Thread-safe: one call at a time.
public final class OtherProcess implements AutoCloseable {

    private final long pid;
    private final AuxiliaryVector vector;
    private final RemoteMemory memory;
    private final ProcessModules modules;
    private final SetPatchables setPatchables;
    private final ProcessKeyResolver keys;
    private final ProcessTargetResolver targets;
    private final ProcessRows rows;
    private final ProcessChoice choice;
    private final Signatures signatures = new Signatures();
    private @Nullable ProcessPatcher patcher;

    private OtherProcess(long pid, RemoteMemory memory) {
        this.pid = pid;
        this.vector = AuxiliaryVector.of(pid);
        this.memory = memory;
        this.modules = new ProcessModules(pid, memory);
        this.keys = new ProcessKeyResolver(modules);
        ProcessEntries entries = new ProcessEntries(modules, keys);
        this.setPatchables = new SetPatchables(modules, entries, new LedgerInspector(memory));
        this.targets = new ProcessTargetResolver(modules, keys);
        this.rows = new ProcessRows(modules, new ProcessImporters(modules, keys), signatures);
        this.choice = new ProcessChoice(keys, entries, rows, setPatchables);
    }

    /// Opens a process for reading; the first patch asks for the right to change it.
    ///
    /// @throws NativePatchException if there is no such process, or it cannot be looked into
    public static OtherProcess open(long pid) {
        ProcessFacts.of(pid).obstacle().ifPresent(reason -> {
            throw ProcessRefusal.of("", reason);
        });
        try {
            return new OtherProcess(pid, RemoteMemory.open(pid));
        } catch (CallFailedException e) {
            throw ProcessRefusal.cannotRead(pid, e);
        }
    }

    /// Whether a process is a JVM: it has mapped `libjvm.so`. Does not touch it.
    ///
    /// @return false as well if there is no such process, it must not be looked at, or the id is that of a thread: a
    ///     JVM that is asked to attach by the id of a thread prints its stacks again and again, and does not answer
    public static boolean isJvm(long pid) {
        try {
            return !ProcessFacts.isThread(pid)
                    && Mappings.of(pid).all().stream().map(Mapping::path).anyMatch(each -> each.endsWith("/libjvm.so"));
        } catch (IOException e) {
            return false;
        }
    }

    /// Its id.
    public long pid() {
        return pid;
    }

    /// The files that it has loaded: the program first, then its libraries in the order in which the loader looks
    /// for names.
    ///
    /// @throws NativePatchException if they cannot be read
    public synchronized List<ProcessFile> files() {
        return explained(() -> modules.all().stream().map(OtherProcess::file).toList());
    }

    /// A loaded file by the name that [#files] gives it, by that of the file, or by its path; the first one if
    /// there are several.
    ///
    /// @throws NativePatchException if the files cannot be read
    public synchronized Optional<ProcessFile> file(String name) {
        return explained(() -> modules.find(name).map(OtherProcess::file));
    }

    private static ProcessFile file(ProcessModule module) {
        return new ProcessFile(module.name(), module.path(), module.source(), module.file(), module.bias());
    }

    /// Peculiarities of loaded files that can be patched, one line each.
    ///
    /// @throws NativePatchException if the files cannot be read
    public synchronized List<String> remarks() {
        return explained(() -> modules.all().stream()
                .filter(ProcessModule::isMoved)
                .map(each -> each.name()
                        + ": its code was copied to memory that no file is behind, as for large pages, and is"
                        + " what its file holds")
                .toList());
    }

    /// Loaded files that cannot be patched, one line each: the file was removed, or replaced by another one.
    ///
    /// @throws NativePatchException if the files cannot be read
    public synchronized List<String> unknown() {
        return explained(modules::unknown);
    }

    /// The table of a loaded file: read from the file beside it if that is of the same build, else collected.
    ///
    /// @throws NativePatchException if the file is not loaded any more, or the table beside it is malformed
    public synchronized SiteTable table(ProcessFile file) {
        return explained(() -> modules.all().stream()
                .filter(each -> each.path().equals(file.path()) && each.bias() == file.bias())
                .findFirst()
                .map(ProcessKeyResolver::table)
                .orElseThrow(() -> ProcessRefusal.of(
                        "", "process " + pid + " does not have " + file.path() + " loaded any more")));
    }

    /// Redirects patchables, all at one moment.
    ///
    /// @throws NativePatchException if one cannot be redirected; nothing has changed then
    public ProcessResult set(List<ProcessChange> changes) {
        return set(changes, SetOptions.DEFAULT);
    }

    /// Redirects patchables, all at one moment.
    ///
    /// @throws NativePatchException if one cannot be redirected; no call is redirected then
    public synchronized ProcessResult set(List<ProcessChange> changes, SetOptions options) {
        return explained(() -> {
            requireOnce(changes.stream().map(each -> each.key().text()).toList());
            LedgerAudit audit = setPatchables.audit();
            List<ProcessChoice.Chosen> chosen = changes.stream()
                    .map(each -> choice.of(each.key(), options.choice(), audit))
                    .toList();
            List<ProcessKeyResolver.Found> found =
                    chosen.stream().map(ProcessChoice.Chosen::found).toList();
            requireOnce(found.stream().map(ProcessKeyResolver.Found::text).toList());
            patcher().force(options.force());
            found.stream().filter(each -> each.entry() == null).forEach(rows::row);
            ProcessModule loaded = options.library() == null
                    ? null
                    : new TargetLibrary(modules, targets, signatures, options.library())
                            .load(patcher(), changes, found, options.force());
            Map<ProcessKeyResolver.Found, ResolvedTarget> requests = new LinkedHashMap<>();
            for (int i = 0; i < found.size(); i++) {
                ResolvedTarget target = targets.of(changes.get(i).target(), found.get(i), loaded);
                if (!options.force()) {
                    signatures.require(modules, found.get(i), target);
                }
                requests.put(found.get(i), target);
            }
            return apply(requests, audit, chosen, options.force());
        });
    }

    /// Gives patchables their default again, all at one moment.
    ///
    /// @param keys if there are none, all patchables that are set
    /// @throws NativePatchException if one cannot be reset; nothing has changed then
    public synchronized ProcessResult reset(List<NativeKey> keys) {
        return explained(() -> {
            requireOnce(keys.stream().map(NativeKey::text).toList());
            LedgerAudit audit = setPatchables.audit();
            Map<ProcessKeyResolver.Found, ResolvedTarget> requests = new LinkedHashMap<>();
            if (keys.isEmpty()) {
                setPatchables.rows(audit).forEach(each -> requests.put(each, ResolvedTarget.DEFAULT));
            }
            for (NativeKey key : keys) {
                requests.put(choice.ofSet(key, audit), ResolvedTarget.DEFAULT);
            }
            return requests.isEmpty() && audit.stale().isEmpty()
                    ? new ProcessResult(List.of(), List.of(), 0, Duration.ZERO, 0, Duration.ZERO)
                    : apply(requests, audit, List.of(), true);
        });
    }

    /// The patchables that have another target than their default now. Does not stop the process.
    ///
    /// @throws NativePatchException if its memory cannot be read
    public synchronized List<ProcessState> status() {
        return explained(() -> setPatchables.states(setPatchables.audit()));
    }

    /// Patchables that were set and went with their library, one line each. The next patch forgets them.
    ///
    /// @throws NativePatchException if its memory cannot be read
    public synchronized List<String> unloaded() {
        return explained(() -> setPatchables.audit().notes());
    }

    /// Releases the process, which keeps its patches.
    @Override
    public synchronized void close() {
        if (patcher != null) {
            patcher.close();
        }
        memory.close();
    }

    private ProcessResult apply(
            Map<ProcessKeyResolver.Found, ResolvedTarget> requests,
            LedgerAudit audit,
            List<ProcessChoice.Chosen> chosen,
            boolean isForced) {
        ProcessPatcher open = patcher();
        audit.stale().forEach(open::forget);
        Map<LedgerKey, LedgerEntry> ledger = new HashMap<>();
        open.entries().forEach(each -> ledger.put(each.key(), each));
        ProcessPlan plan = new ProcessPlan(open, modules, ledger, setPatchables.entries(audit));
        plan.check(requests);
        List<ProcessOutcome> outcomes = new ArrayList<>();
        requests.forEach((key, target) -> outcomes.add(rows.add(plan, key, target, requests.keySet(), ledger)));
        chosen.stream()
                .filter(each -> !each.note().isEmpty())
                .forEach(each -> outcomes.replaceAll(outcome -> each.noted(outcome)));
        unwound(open, requests.keySet(), isForced)
                .ifPresent(note ->
                        outcomes.replaceAll(each -> each.mechanism() == Mechanism.ENTRY ? each.withNote(note) : each));
        ProcessPatcher.Applied applied = open.apply(new ProcessPatch(plan.changes()));
        return new ProcessResult(
                outcomes,
                audit.notes(),
                applied.sites() + applied.words(),
                Duration.ofNanos(applied.pauseNanos()),
                applied.threads(),
                Duration.ofNanos(applied.borrowedNanos()));
    }

    /// Tells the process how new copies are unwound.
    ///
    /// @return what does not work where it cannot be told
    private static Optional<String> unwound(
            ProcessPatcher open, Set<ProcessKeyResolver.Found> found, boolean isForced) {
        try {
            Optional<String> reason = open.registerCopies();
            for (ProcessKeyResolver.Found each : found) {
                if (reason.isPresent()
                        && !isForced
                        && each.entry() != null
                        && each.entry().calls()) {
                    throw ProcessRefusal.of(
                            each.text(),
                            "its first instructions hold a call, and an exception out of it would end the program: "
                                    + reason.get() + " (use --force to set it anyway)");
                }
            }
            return reason.map(each -> "backtraces from among its first instructions end there: " + each);
        } catch (OutOfRange e) {
            throw ProcessRefusal.because("", "", e);
        }
    }

    private static void requireOnce(List<String> keys) {
        Set<String> seen = new TreeSet<>();
        for (String key : keys) {
            if (!seen.add(key)) {
                throw ProcessRefusal.of(key, "is named twice by one patch; name each key once");
            }
        }
    }

    private ProcessPatcher patcher() {
        ProcessPatcher open = patcher;
        if (open == null) {
            open = patcher(pid);
            patcher = open;
        }
        return open;
    }

    /// The patcher of a process.
    ///
    /// @throws NativePatchException if the process cannot be patched
    static ProcessPatcher patcher(long pid) {
        ProcessFacts.of(pid).obstacleToPatching().ifPresent(reason -> {
            throw ProcessRefusal.of("", reason);
        });
        return ProcessPatcher.open(pid);
    }

    /// One kind of failure for all: its message is one line.
    private <T> T explained(Supplier<T> work) {
        requireSameProgram();
        try {
            return work.get();
        } catch (TraceException | CallFailedException | NativePatchException e) {
            requireSameProgram();
            throw e instanceof NativePatchException known ? known : ProcessRefusal.because("", "", e);
        }
    }

    /// A process that executes another program keeps its number, and nothing else of what was known.
    private void requireSameProgram() {
        AuxiliaryVector now = AuxiliaryVector.of(pid);
        if (!vector.isEmpty() && !now.isEmpty() && !vector.equals(now)) {
            throw ProcessRefusal.of(
                    "",
                    "process " + pid
                            + " has executed another program meanwhile ("
                            + ProcessFacts.of(pid).name()
                            + "); the patches ended with the previous program, so run the command again");
        }
    }
}
