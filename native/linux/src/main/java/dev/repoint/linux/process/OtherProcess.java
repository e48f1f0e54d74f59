package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.ptrace.TraceException;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.linux.row.Resolved;
import dev.repoint.linux.row.RowException;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
/// What is set is remembered in the memory of the process itself: later ones find it there, and it goes with the process.
/// Each patch is made whole or not at all, also if this JVM is killed meanwhile. The process is
/// stopped for it; but slots and pointers of one patchable are changed by one of its threads while all others run.
///
/// Needs x86-64 Linux, the right to debug the process, and native access for its module
/// (`--enable-native-access=dev.repoint.linux`). Files and tables are kept from one call to the next. Thread-safe: one call
/// at a time.
public final class OtherProcess implements AutoCloseable {

    private static final String FOLLOWS = "follows ";

    private final long pid;
    private final RemoteMemory memory;
    private final LedgerPlaces places;
    private final ProcessModules modules;
    private final ProcessKeys keys;
    private final ProcessTargets targets;
    private final ProcessImporters importers;
    private final Signatures signatures = new Signatures();
    private final Map<ProcessKeys.Found, LiveRow<ProcessModule>> rows = new HashMap<>();
    private final Map<Long, LiveWord> words = new HashMap<>();
    private @Nullable ProcessPatcher patcher;

    private OtherProcess(long pid, RemoteMemory memory) {
        this.pid = pid;
        this.memory = memory;
        this.places = new LedgerPlaces(memory);
        this.modules = new ProcessModules(pid, memory);
        this.keys = new ProcessKeys(modules);
        this.targets = new ProcessTargets(modules, keys);
        this.importers = new ProcessImporters(modules, keys);
    }

    /// Opens a process for reading; the first patch asks for the right to change it.
    ///
    /// @throws NativePatchException if there is none, or it cannot be looked into; the message says why, and what to do
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
        return modules.all().stream()
                .map(each -> new ProcessFile(each.name(), each.path(), each.source(), each.file(), each.bias()))
                .toList();
    }

    /// What it has loaded and cannot be patched, one line each: the file is not there any more, or another one.
    public synchronized List<String> unknown() {
        return modules.unknown();
    }

    /// The table of something it has loaded: read from the file beside it if that is one of this build, else collected.
    ///
    /// @throws NativePatchException if it has not loaded that, or the table beside it is malformed
    public synchronized SiteTable table(ProcessFile file) {
        for (ProcessModule each : modules.all()) {
            if (each.path().equals(file.path()) && each.bias() == file.bias()) {
                return ProcessKeys.table(each);
            }
        }
        throw NativePatchException.of("", "process " + pid + " does not have " + file.path() + " loaded any more");
    }

    /// Whether a name is that of something it has loaded.
    public synchronized boolean hasLoaded(String name) {
        return modules.find(name).isPresent();
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
    /// @param force   whether a target may be of another type than the default, where debug information tells both
    /// @throws NativePatchException if one cannot be; no call leads elsewhere then
    public synchronized ProcessResult set(List<ProcessChange> changes, @Nullable Path library, boolean force) {
        return explained(() -> {
            requireOnce(changes.stream().map(ProcessChange::key).toList());
            List<ProcessKeys.Found> found = changes.stream().map(each -> keys.find(each.key())).toList();
            requireOnce(found.stream().map(ProcessKeys.Found::text).toList());
            found.forEach(this::row);
            ProcessModule loaded = library == null ? null : load(library, changes, found, force);
            Map<ProcessKeys.Found, Resolved> wishes = new LinkedHashMap<>();
            for (int i = 0; i < found.size(); i++) {
                Resolved target = targets.of(changes.get(i).target(), found.get(i), loaded);
                if (!force) {
                    signatures.require(modules, found.get(i), target);
                }
                wishes.put(found.get(i), target);
            }
            return apply(wishes);
        });
    }

    /// Gives patchables their default again, all at one moment.
    ///
    /// @param keys those; if there are none, all that were set
    /// @throws NativePatchException if one cannot be; nothing has changed then
    public synchronized ProcessResult reset(List<String> keys) {
        return explained(() -> {
            Map<ProcessKeys.Found, Resolved> wishes = new LinkedHashMap<>();
            if (keys.isEmpty()) {
                for (LedgerEntry each : Ledger.read(pid)) {
                    if (!each.isDefault() || !places.isWhole(each)) {
                        wishes.put(found(each), Resolved.DEFAULT);
                    }
                }
            } else {
                requireOnce(keys);
                for (String key : keys) {
                    ProcessKeys.Found found = this.keys.find(key);
                    requireSet(key, found);
                    wishes.put(found, Resolved.DEFAULT);
                }
            }
            return wishes.isEmpty() ? new ProcessResult(List.of(), 0, 0, 0, 0) : apply(wishes);
        });
    }

    /// The patchables that do not lead to their default now. The process is not stopped.
    ///
    /// @throws NativePatchException if its memory cannot be read
    public synchronized List<ProcessState> status() {
        return explained(() -> Ledger.read(pid).stream()
                .filter(each -> !each.isDefault() || !places.isWhole(each))
                .map(this::state)
                .toList());
    }

    @Override
    public synchronized void close() {
        if (patcher != null) {
            patcher.close();
        }
        memory.close();
    }

    private ProcessResult apply(Map<ProcessKeys.Found, Resolved> wishes) {
        ProcessPatcher open = patcher();
        Map<LedgerKey, LedgerEntry> ledger = new HashMap<>();
        open.entries().forEach(each -> ledger.put(each.key(), each));
        ProcessPlan plan = new ProcessPlan(open);
        List<ProcessOutcome> outcomes = new ArrayList<>();
        wishes.forEach((key, target) -> outcomes.add(add(plan, key, target, wishes.keySet(), ledger)));
        Applied applied = open.apply(new ProcessPatch(plan.changes()));
        return new ProcessResult(outcomes, applied.sites() + applied.words(), applied.pauseNanos(), applied.threads(),
                applied.borrowedNanos());
    }

    /// Adds a patchable, and what other modules have of it that was not set by itself.
    private ProcessOutcome add(ProcessPlan plan, ProcessKeys.Found key, Resolved target,
            Collection<ProcessKeys.Found> named, Map<LedgerKey, LedgerEntry> ledger) {
        LiveRow<ProcessModule> row = row(key);
        LedgerEntry before = ledger.get(key(key));
        String follows = FOLLOWS + key.text();
        List<ProcessKeys.Found> followers = new ArrayList<>();
        for (ProcessKeys.Found each : importers.of(key, other -> isFollower(ledger.get(key(other)), follows))) {
            LedgerEntry own = ledger.get(key(each));
            boolean isFree = own == null ? !target.isDefault() : own.isDefault() || own.notes().equals(follows);
            if (isFree && !named.contains(each) && row(each).size() > 0) {
                followers.add(each);
            }
        }
        requireUses(row, followers, target);
        int sites = 0;
        if (row.size() > 0) {
            plan.add(row, target, before != null && target.isDefault() ? before.notes() : "");
            sites += target.isDefault() ? row.size() : plan.changes().getLast().diverted();
        }
        for (ProcessKeys.Found each : followers) {
            plan.add(row(each), target, follows);
            sites += target.isDefault() ? row(each).size() : plan.changes().getLast().diverted();
        }
        return new ProcessOutcome(key.module().name(), key.row().key().text(),
                before == null || before.isDefault() ? "default" : before.target(), target.text(), sites,
                target.isDefault() ? List.of() : notes(key, row, target));
    }

    private static boolean isFollower(@Nullable LedgerEntry entry, String follows) {
        return entry != null && entry.notes().equals(follows);
    }

    private List<String> notes(ProcessKeys.Found key, LiveRow<ProcessModule> row, Resolved target) {
        List<String> notes = new ArrayList<>();
        if (key.row().safety() == Safety.PLAIN) {
            notes.add(key.row().caution());
        }
        signatures.unknown(modules, key, target).ifPresent(each -> notes.add(notes.isEmpty() ? each
                : notes.removeLast() + "; " + each));
        row.unreached().forEach(each -> notes.add("not reached: " + each));
        return notes;
    }

    private static void requireUses(LiveRow<ProcessModule> row, List<ProcessKeys.Found> followers, Resolved target) {
        if (followers.isEmpty() && row.isInside(target)) {
            throw NativePatchException.of(row.key(), "all uses of it are in the target " + target.text()
                    + " itself, which so reaches the default: nothing would change");
        }
        if (row.size() == 0 && followers.isEmpty() && !target.isDefault()) {
            List<String> gaps = ProcessKeys.table(row.module()).gaps();
            throw NativePatchException.of(row.key(), "no use of it is known that could be changed"
                    + (gaps.isEmpty() ? "" : ": " + String.join("; ", gaps)));
        }
    }

    private LiveRow<ProcessModule> row(ProcessKeys.Found key) {
        return rows.computeIfAbsent(key, found -> {
            try {
                return new LiveRow<>(found.module(), found.row(),
                        ProcessKeys.table(found.module()).rejectionsOf(found.row().key()), this::word);
            } catch (RowException e) {
                throw NativePatchException.because(found.text(), e.place(), e);
            }
        });
    }

    private LiveWord word(long address) {
        return words.computeIfAbsent(address, LiveWord::new);
    }

    private static LedgerKey key(ProcessKeys.Found found) {
        return new LedgerKey(found.module().path().toString(), found.module().build(), found.row().key().text());
    }

    /// The row that an entry of the ledger is about.
    private ProcessKeys.Found found(LedgerEntry entry) {
        String module = entry.key().module();
        ProcessModule loaded = modules.find(module).orElseThrow(() -> NativePatchException.of(
                module + ": " + entry.key().key(),
                "process " + pid + " does not have it loaded any more, or its file is"
                        + " not what was loaded: put that file back"));
        Patchable row = ProcessKeys.table(loaded).find(NativeKey.parse(entry.key().key()))
                .orElseThrow(() -> NativePatchException.of(module + ": " + entry.key().key(),
                        "is not in the table of its module any more; put the table back that was beside it"));
        return new ProcessKeys.Found(loaded, row);
    }

    private void requireSet(String text, ProcessKeys.Found found) {
        Set<String> set = new TreeSet<>();
        for (LedgerEntry each : Ledger.read(pid)) {
            boolean isSet = !each.isDefault() || !places.isWhole(each);
            if (isSet && (each.key().equals(key(found)) || each.notes().equals(FOLLOWS + found.text()))) {
                return;
            }
            if (isSet) {
                set.add(Path.of(each.key().module()).getFileName() + ":" + each.key().key());
            }
        }
        throw NativePatchException.of(text, "leads to its default: it was not set, or reset already"
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
    private ProcessModule load(Path library, List<ProcessChange> changes, List<ProcessKeys.Found> found,
            boolean force) {
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
            throw NativePatchException.of("", "--load " + library + ": none of the targets is a function of it; it has "
                    + checked.summary());
        }
        patcher().load(library.toAbsolutePath());
        modules.refresh();
        return modules.all().stream()
                .filter(each -> checked.is(each.file(), each.path()))
                .findFirst()
                .orElseThrow(() -> NativePatchException.of("", "--load " + library + ": process " + pid
                        + " has loaded it, but its file is not what was loaded"));
    }

    /// Not all targets of a patch need be in the library that is brought along.
    private void requireThere(Library library, String target, ProcessKeys.Found key) {
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

    private ProcessState state(LedgerEntry entry) {
        String module = modules.name(entry.key().module()).orElse(entry.key().module());
        return new ProcessState(module, entry.key().key(), entry.isDefault() ? "default" : entry.target(),
                entry.sites().size() + entry.words().size(), places.changed(entry), places.isWhole(entry),
                Instant.ofEpochMilli(entry.setAt()), entry.notes());
    }

    /// One kind of failure for all: its message is one line.
    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (TraceException | CallFailedException e) {
            throw NativePatchException.because("", "", e);
        }
    }
}
