package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.LiveWord;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.linux.row.RowException;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.SiteCoverage;
import dev.repoint.machine.site.Safety;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sites of patchables of another process, and what changes with them: what other modules import of a
/// function that was set follows it, unless it was set itself. Used by one thread at a time.
final class ProcessRows {

    /// The note of an entry of the ledger that follows another one, whose text is behind it.
    static final String FOLLOWS = "follows ";

    private final ProcessModules modules;
    private final ProcessImporters importers;
    private final Signatures signatures;
    private final Map<ProcessKeyResolver.Found, LiveRow<ProcessModule>> rows = new HashMap<>();
    private final Map<Long, LiveWord> words = new HashMap<>();

    ProcessRows(ProcessModules modules, ProcessImporters importers, Signatures signatures) {
        this.modules = modules;
        this.signatures = signatures;
        this.importers = importers;
    }

    /// Adds a patchable, and what other modules have of it that was not set by itself.
    ProcessOutcome add(
            ProcessPlan plan,
            ProcessKeyResolver.Found key,
            ResolvedTarget target,
            Collection<ProcessKeyResolver.Found> named,
            Map<LedgerKey, LedgerEntry> ledger) {
        if (key.entry() != null) {
            return addEntry(plan, key, key.entry(), target, ledger.get(key.ledgerKey()));
        }
        LiveRow<ProcessModule> row = row(key);
        LedgerEntry before = ledger.get(key.ledgerKey());
        String follows = FOLLOWS + key.text();
        List<ProcessKeyResolver.Found> followers = new ArrayList<>();
        for (ProcessKeyResolver.Found each :
                importers.of(key, other -> isFollower(ledger.get(other.ledgerKey()), follows))) {
            LedgerEntry own = ledger.get(each.ledgerKey());
            boolean isFree = own == null
                    ? !target.isDefault()
                    : own.isDefault() || own.notes().equals(follows);
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
        for (ProcessKeyResolver.Found each : followers) {
            plan.add(row(each), target, follows);
            sites += target.isDefault()
                    ? row(each).size()
                    : plan.changes().getLast().diverted();
        }
        return new ProcessOutcome(
                key.module().name(),
                key.row().key(),
                before == null || before.isDefault() ? "default" : before.target(),
                target.text(),
                Mechanism.SITES,
                sites,
                target.isDefault() ? List.of() : notes(key, row, target));
    }

    private ProcessOutcome addEntry(
            ProcessPlan plan,
            ProcessKeyResolver.Found key,
            ProcessEntry entry,
            ResolvedTarget target,
            @Nullable LedgerEntry before) {
        KeyChange change = plan.add(key, target, before != null && target.isDefault() ? before.notes() : "");
        List<String> notes = new ArrayList<>();
        if (!target.isDefault()) {
            signatures.unknown(modules, key, target).ifPresent(notes::add);
            entry.verdict().notes().forEach(each -> notes.add(each.text()));
        }
        return new ProcessOutcome(
                key.module().name(),
                key.row().key(),
                before == null || before.isDefault() ? "default" : before.target(),
                target.text(),
                Mechanism.ENTRY,
                target.isDefault() ? change.sites().size() : change.diverted(),
                notes);
    }

    /// How many callers of a patchable its sites are.
    SiteCoverage coverage(ProcessKeyResolver.Found key) {
        try {
            boolean isImported = row(key).size() >= 0
                    && !key.row().isImported()
                    && !importers.of(key, _ -> false).isEmpty();
            return SiteCoverage.of(ProcessKeyResolver.table(key.module()), key.row(), isImported);
        } catch (NativePatchException e) {
            return SiteCoverage.NONE; // a site cannot be changed in memory
        }
    }

    private static boolean isFollower(@Nullable LedgerEntry entry, String follows) {
        return entry != null && entry.notes().equals(follows);
    }

    private List<String> notes(ProcessKeyResolver.Found key, LiveRow<ProcessModule> row, ResolvedTarget target) {
        List<String> notes = new ArrayList<>();
        if (key.row().safety() == Safety.PLAIN) {
            notes.add(key.row().caution());
        }
        signatures
                .unknown(modules, key, target)
                .ifPresent(each -> notes.add(notes.isEmpty() ? each : notes.removeLast() + "; " + each));
        List<ProcessModule> same = modules.called(key.module().ownName());
        if (same.size() > 1) {
            notes.add("of the " + same.size() + " modules of its name this is "
                    + key.module().name() + "; others are "
                    + String.join(
                            ", ",
                            same.stream()
                                    .filter(each -> each != key.module())
                                    .map(ProcessModule::name)
                                    .toList()));
        }
        row.unreached().forEach(each -> notes.add("not reached: " + each));
        return notes;
    }

    private static void requireUses(
            LiveRow<ProcessModule> row, List<ProcessKeyResolver.Found> followers, ResolvedTarget target) {
        if (followers.isEmpty() && row.isInside(target)) {
            throw ProcessRefusal.of(
                    row.key(),
                    "all uses of it are in the target " + target.text()
                            + " itself, which so reaches the default: nothing would change");
        }
        if (row.size() == 0 && followers.isEmpty() && !target.isDefault()) {
            List<String> gaps = ProcessKeyResolver.table(row.module()).gaps();
            throw ProcessRefusal.of(
                    row.key(),
                    "no use of it is known that could be changed"
                            + (gaps.isEmpty() ? "" : ": " + String.join("; ", gaps)));
        }
    }

    /// The sites of a patchable.
    ///
    /// @throws NativePatchException if one is of a form that cannot be changed in memory
    LiveRow<ProcessModule> row(ProcessKeyResolver.Found key) {
        return rows.computeIfAbsent(key, found -> {
            try {
                return new LiveRow<>(
                        found.module(),
                        found.row(),
                        ProcessKeyResolver.table(found.module())
                                .rejectionsOf(found.row().key()),
                        this::word);
            } catch (RowException e) {
                throw ProcessRefusal.because(found.text(), e.place(), e);
            }
        });
    }

    private LiveWord word(long address) {
        return words.computeIfAbsent(address, LiveWord::new);
    }
}
