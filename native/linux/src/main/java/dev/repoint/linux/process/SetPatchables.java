package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.ledger.EntryKey;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerInspector;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The patchables of a process that have another target than their default, as its ledger has them. Used by one
/// thread at a time.
final class SetPatchables {

    private final ProcessModules modules;
    private final LedgerInspector inspector;
    private final ProcessEntries entries;

    SetPatchables(ProcessModules modules, ProcessEntries entries, LedgerInspector inspector) {
        this.modules = modules;
        this.entries = entries;
        this.inspector = inspector;
    }

    /// Compares the ledger with what is loaded.
    LedgerAudit audit() {
        return LedgerAudit.of(modules, inspector);
    }

    /// The snapshots of those of an audit.
    List<ProcessState> states(LedgerAudit audit) {
        return audit.set().all().stream().map(this::state).toList();
    }

    /// The rows of those of an audit.
    ///
    /// @throws NativePatchException if one is not in the table of its module any more
    List<ProcessKeyResolver.Found> rows(LedgerAudit audit) {
        return audit.set().all().stream().map(this::row).toList();
    }

    /// Those of an audit that are set at their entry.
    List<ProcessKeyResolver.Found> entries(LedgerAudit audit) {
        return audit.set().atEntry().stream().map(this::row).toList();
    }

    /// Checks that a patchable is set, by itself or with a function that it imports.
    ///
    /// @param written its key, for messages
    /// @throws NativePatchException if it is not
    void require(NativeKey written, ProcessKeyResolver.Found found, LedgerAudit audit) {
        Set<String> set = new TreeSet<>();
        if (audit.set().contains(found.ledgerKey())) {
            return;
        }
        String follows = ProcessRows.FOLLOWS + found.text();
        for (LedgerEntry each : audit.set().all()) {
            if (each.notes().equals(follows)) {
                return;
            }
            set.add(state(each).text());
        }
        throw ProcessRefusal.of(
                written.text(),
                "is at its default: it was not set, or reset already"
                        + (set.isEmpty() ? "" : "; set are " + String.join(", ", set)));
    }

    private ProcessKeyResolver.Found row(LedgerEntry entry) {
        EntryKey of = EntryKey.parse(entry.key().key());
        if (of != null) {
            return entries.of(entry, of);
        }
        String text = entry.key().module() + ": " + entry.key().key();
        ProcessModule module = modules.of(entry.key())
                .orElseThrow(() -> ProcessRefusal.of(
                        text,
                        "process " + modules.pid() + " does not have its module loaded any more, or the file has"
                                + " changed since: put the file back that was loaded"));
        Patchable row = ProcessKeyResolver.table(module)
                .find(NativeKey.parse(entry.key().key()))
                .orElseThrow(() -> ProcessRefusal.of(
                        text, "is not in the table of its module any more; put the table back that was beside it"));
        return new ProcessKeyResolver.Found(module, row);
    }

    private ProcessState state(LedgerEntry entry) {
        EntryKey of = EntryKey.parse(entry.key().key());
        return new ProcessState(
                name(entry.key()),
                of == null ? NativeKey.parse(entry.key().key()) : NativeKey.of(of.name()),
                entry.isDefault() ? "default" : entry.target(),
                of == null ? Mechanism.SITES : Mechanism.ENTRY,
                entry.sites().size() + entry.words().size(),
                inspector.changed(entry),
                inspector.isWhole(entry),
                Instant.ofEpochMilli(entry.setAt()),
                entry.notes());
    }

    /// How keys name the module of an entry; its path if its file is not what was loaded.
    private String name(LedgerKey key) {
        return modules.of(key).map(ProcessModule::name).orElse(key.module());
    }
}
