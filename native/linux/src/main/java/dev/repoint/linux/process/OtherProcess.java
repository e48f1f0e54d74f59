package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.AuxiliaryVector;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

/// Another process, whose native patchables are pointed elsewhere while it runs. It need not know of Repoint.
///
/// {@snippet :
/// try (OtherProcess server = OtherProcess.open(4711)) {
///     server.set(List.of(ProcessChange.parse("checksum=checksum_simd"), ProcessChange.parse("log=nothing")));
///     server.reset(List.of());
/// }
/// }
///
/// What is set is remembered in the memory of the process itself: later ones find it there, and it goes with
/// the process. Each patch is made whole or not at all, also if this JVM is killed meanwhile. The process is
/// stopped for it; but slots and pointers of one patchable are changed by one of its threads while all others
/// run.
///
/// Needs x86-64 Linux, the right to debug the process, and native access for its module
/// (`--enable-native-access=dev.repoint.linux`). Files and tables are kept from one call to the next.
/// Thread-safe: one call at a time.
public final class OtherProcess implements AutoCloseable {

    private final long pid;
    private final AuxiliaryVector vector;
    private final RemoteMemory memory;
    private final LedgerInspector inspector;
    private final ProcessModules modules;
    private final ProcessKeyResolver keys;
    private final ProcessTargetResolver targets;
    private final ProcessRows rows;
    private final Signatures signatures = new Signatures();
    private @Nullable ProcessPatcher patcher;

    private OtherProcess(long pid, RemoteMemory memory) {
        this.pid = pid;
        this.vector = AuxiliaryVector.of(pid);
        this.memory = memory;
        this.inspector = new LedgerInspector(memory);
        this.modules = new ProcessModules(pid, memory);
        this.keys = new ProcessKeyResolver(modules);
        this.targets = new ProcessTargetResolver(modules, keys);
        this.rows = new ProcessRows(modules, new ProcessImporters(modules, keys), signatures);
    }

    /// Opens a process for reading; the first patch asks for the right to change it.
    ///
    /// @throws NativePatchException if there is none, or it cannot be looked into; the message says why, and
    ///     what to do
    public static OtherProcess open(long pid) {
        ProcessFacts.of(pid).obstacle().ifPresent(reason -> {
            throw NativePatchException.of("", reason);
        });
        try {
            return new OtherProcess(pid, RemoteMemory.open(pid));
        } catch (CallFailedException e) {
            throw Refusals.unreadable(pid, e);
        }
    }

    /// Whether a process is a JVM: it has mapped `libjvm.so`. It is not touched.
    ///
    /// @return false as well if there is no such process, or it must not be looked at
    public static boolean isJvm(long pid) {
        try {
            return Mappings.of(pid).all().stream().map(Mapping::path).anyMatch(each -> each.endsWith("/libjvm.so"));
        } catch (IOException e) {
            return false;
        }
    }

    /// Its id.
    public long pid() {
        return pid;
    }

    /// What it has loaded: the program first, then its libraries in the order in which names are looked for.
    public synchronized List<ProcessFile> files() {
        return explained(() -> modules.all().stream().map(OtherProcess::file).toList());
    }

    /// What it has loaded that has a name: the one that [#files] gives it, that or the path of its file; the
    /// first one if there are several.
    public synchronized Optional<ProcessFile> file(String name) {
        return explained(() -> modules.find(name).map(OtherProcess::file));
    }

    private static ProcessFile file(ProcessModule module) {
        return new ProcessFile(module.name(), module.path(), module.source(), module.file(), module.bias());
    }

    /// What is loaded, can be patched and is worth a word, one line each.
    public synchronized List<String> remarks() {
        return explained(() -> modules.all().stream()
                .filter(ProcessModule::isMoved)
                .map(each -> each.name()
                        + ": its code was copied to memory that no file is behind, as for large pages, and is"
                        + " what its file holds")
                .toList());
    }

    /// What it has loaded and cannot be patched, one line each: the file is not there any more, or another one.
    public synchronized List<String> unknown() {
        return modules.unknown();
    }

    /// The table of something it has loaded: read from the file beside it if that is one of this build, else
    /// collected.
    ///
    /// @throws NativePatchException if it has not loaded that, or the table beside it is malformed
    public synchronized SiteTable table(ProcessFile file) {
        for (ProcessModule each : modules.all()) {
            if (each.path().equals(file.path()) && each.bias() == file.bias()) {
                return ProcessKeyResolver.table(each);
            }
        }
        throw NativePatchException.of("", "process " + pid + " does not have " + file.path() + " loaded any more");
    }

    /// Points patchables elsewhere, all at one moment.
    ///
    /// @throws NativePatchException if one cannot be; nothing has changed then
    public ProcessResult set(List<ProcessChange> changes) {
        return set(changes, null, false);
    }

    /// The same, with a library that the process loads first. It stays loaded.
    ///
    /// @param library that has the targets; null for none
    /// @param force   whether a target may be of another type than the default, where debug information tells
    ///     both, and whether the process is trusted to be let make system calls by a sandbox that cannot be
    ///     looked into
    /// @throws NativePatchException if one cannot be; no call leads elsewhere then
    public synchronized ProcessResult set(List<ProcessChange> changes, @Nullable Path library, boolean force) {
        return explained(() -> {
            requireOnce(changes.stream().map(ProcessChange::key).toList());
            LedgerAudit audit = audit();
            List<ProcessKeyResolver.Found> found =
                    changes.stream().map(each -> keys.find(each.key())).toList();
            requireOnce(found.stream().map(ProcessKeyResolver.Found::text).toList());
            patcher().force(force);
            found.forEach(rows::row);
            ProcessModule loaded = library == null ? null : load(library, changes, found, force);
            Map<ProcessKeyResolver.Found, ResolvedTarget> requests = new LinkedHashMap<>();
            for (int i = 0; i < found.size(); i++) {
                ResolvedTarget target = targets.of(changes.get(i).target(), found.get(i), loaded);
                if (!force) {
                    signatures.require(modules, found.get(i), target);
                }
                requests.put(found.get(i), target);
            }
            return apply(requests, audit);
        });
    }

    /// Gives patchables their default again, all at one moment.
    ///
    /// @param keys those; if there are none, all that were set
    /// @throws NativePatchException if one cannot be; nothing has changed then
    public synchronized ProcessResult reset(List<String> keys) {
        return explained(() -> {
            LedgerAudit audit = audit();
            Map<ProcessKeyResolver.Found, ResolvedTarget> requests = new LinkedHashMap<>();
            if (keys.isEmpty()) {
                for (LedgerEntry each : audit.current()) {
                    if (isSet(each)) {
                        requests.put(found(each), ResolvedTarget.DEFAULT);
                    }
                }
            } else {
                requireOnce(keys);
                for (String key : keys) {
                    ProcessKeyResolver.Found found = this.keys.find(key);
                    requireSet(key, found, audit.current());
                    requests.put(found, ResolvedTarget.DEFAULT);
                }
            }
            return requests.isEmpty() && audit.stale().isEmpty()
                    ? new ProcessResult(List.of(), List.of(), 0, 0, 0, 0)
                    : apply(requests, audit);
        });
    }

    /// The patchables that do not lead to their default now. The process is not stopped.
    ///
    /// @throws NativePatchException if its memory cannot be read
    public synchronized List<ProcessState> status() {
        return explained(() ->
                audit().current().stream().filter(this::isSet).map(this::state).toList());
    }

    /// What was set and went with its library, one line each. The next patch forgets it.
    ///
    /// @throws NativePatchException if its memory cannot be read
    public synchronized List<String> unloaded() {
        return explained(() -> audit().notes());
    }

    private LedgerAudit audit() {
        return LedgerAudit.of(modules, inspector);
    }

    private boolean isSet(LedgerEntry entry) {
        return !entry.isDefault() || !inspector.isWhole(entry);
    }

    @Override
    public synchronized void close() {
        if (patcher != null) {
            patcher.close();
        }
        memory.close();
    }

    private ProcessResult apply(Map<ProcessKeyResolver.Found, ResolvedTarget> requests, LedgerAudit audit) {
        ProcessPatcher open = patcher();
        audit.stale().forEach(open::forget);
        Map<LedgerKey, LedgerEntry> ledger = new HashMap<>();
        open.entries().forEach(each -> ledger.put(each.key(), each));
        ProcessPlan plan = new ProcessPlan(open);
        List<ProcessOutcome> outcomes = new ArrayList<>();
        requests.forEach((key, target) -> outcomes.add(rows.add(plan, key, target, requests.keySet(), ledger)));
        Applied applied = open.apply(new ProcessPatch(plan.changes()));
        return new ProcessResult(
                outcomes,
                audit.notes(),
                applied.sites() + applied.words(),
                applied.pauseNanos(),
                applied.threads(),
                applied.borrowedNanos());
    }

    /// The row that an entry of the ledger is about.
    private ProcessKeyResolver.Found found(LedgerEntry entry) {
        String module = entry.key().module();
        ProcessModule loaded = modules.of(entry.key())
                .orElseThrow(() -> NativePatchException.of(
                        module + ": " + entry.key().key(),
                        "process " + pid + " does not have it loaded any more, or its file is"
                                + " not what was loaded: put that file back"));
        Patchable row = ProcessKeyResolver.table(loaded)
                .find(NativeKey.parse(entry.key().key()))
                .orElseThrow(() -> NativePatchException.of(
                        module + ": " + entry.key().key(),
                        "is not in the table of its module any more; put the table back that was beside it"));
        return new ProcessKeyResolver.Found(loaded, row);
    }

    private void requireSet(String text, ProcessKeyResolver.Found found, List<LedgerEntry> ledger) {
        Set<String> set = new TreeSet<>();
        for (LedgerEntry each : ledger) {
            boolean isSet = isSet(each);
            if (isSet
                    && (each.key().equals(found.ledgerKey())
                            || each.notes().equals(ProcessRows.FOLLOWS + found.text()))) {
                return;
            }
            if (isSet) {
                set.add(name(each.key()) + ":" + each.key().key());
            }
        }
        throw NativePatchException.of(
                text,
                "leads to its default: it was not set, or reset already"
                        + (set.isEmpty() ? "" : "; set are " + String.join(", ", set)));
    }

    private static void requireOnce(List<String> keys) {
        Set<String> seen = new TreeSet<>();
        for (String key : keys) {
            if (!seen.add(key)) {
                throw NativePatchException.of(key, "is named twice by one patch; name each key once");
            }
        }
    }

    /// Loads a library when all that can be told without doing so is right.
    private ProcessModule load(
            Path library, List<ProcessChange> changes, List<ProcessKeyResolver.Found> found, boolean force) {
        Library checked = Library.read(library, modules.program().file().machine());
        List<String> symbols = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String target = changes.get(i).target();
            if (checked.has(target)) {
                symbols.add(target);
                if (!force) {
                    signatures.require(modules, found.get(i), checked.file(), target);
                }
            } else {
                requireThere(checked, target, found.get(i));
            }
        }
        if (symbols.isEmpty()) {
            throw NativePatchException.of(
                    "", "--load " + library + ": none of the targets is a function of it; it has " + checked.summary());
        }
        patcher().load(library.toAbsolutePath());
        modules.refresh();
        return modules.all().stream()
                .filter(each -> checked.is(each.file(), each.source()))
                .findFirst()
                .orElseThrow(() -> NativePatchException.of(
                        "",
                        "--load " + library + ": process " + pid
                                + " has loaded it, but its file is not what was loaded"));
    }

    /// Not all targets of a patch need be in the library that is brought along.
    private void requireThere(Library library, String target, ProcessKeyResolver.Found key) {
        try {
            targets.of(target, key, null);
        } catch (NativePatchException e) {
            NativePatchException missing = library.missing(key.text(), target);
            missing.addSuppressed(e);
            throw missing;
        }
    }

    private ProcessPatcher patcher() {
        ProcessPatcher open = patcher;
        if (open == null) {
            open = ProcessPatcher.open(pid);
            patcher = open;
        }
        return open;
    }

    /// How keys name the module of an entry; its path if its file is not what was loaded.
    private String name(LedgerKey key) {
        return modules.of(key).map(ProcessModule::name).orElse(key.module());
    }

    private ProcessState state(LedgerEntry entry) {
        return new ProcessState(
                name(entry.key()),
                entry.key().key(),
                entry.isDefault() ? "default" : entry.target(),
                entry.sites().size() + entry.words().size(),
                inspector.changed(entry),
                inspector.isWhole(entry),
                Instant.ofEpochMilli(entry.setAt()),
                entry.notes());
    }

    /// One kind of failure for all: its message is one line.
    private <T> T explained(Supplier<T> work) {
        requireSameProgram();
        try {
            return work.get();
        } catch (TraceException | CallFailedException | NativePatchException e) {
            requireSameProgram();
            throw e instanceof NativePatchException known ? known : NativePatchException.because("", "", e);
        }
    }

    /// A process that executes another program keeps its number, and nothing else of what was known.
    private void requireSameProgram() {
        AuxiliaryVector now = AuxiliaryVector.of(pid);
        if (!vector.isEmpty() && !now.isEmpty() && !vector.equals(now)) {
            throw NativePatchException.of(
                    "",
                    "process " + pid
                            + " has executed another program meanwhile ("
                            + ProcessFacts.of(pid).name()
                            + "); what was patched went with the one before, so run the command again");
        }
    }
}
