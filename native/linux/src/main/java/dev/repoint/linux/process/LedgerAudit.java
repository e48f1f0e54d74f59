package dev.repoint.linux.process;

import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ledger.Ledger;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerInspector;
import dev.repoint.linux.ledger.LedgerKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the ledger of a process remembers, sorted by whether it is still so. A process may unload a library
/// that was patched; and what it loads later, at the same place as well, is as it was built. Immutable.
///
/// @param current whose places can be looked at
/// @param set     those of them that are set
/// @param stale   whose module is not loaded any more, or was loaded anew
/// @param notes   a line for each of those that were set
record LedgerAudit(List<LedgerEntry> current, SetKeys set, List<LedgerKey> stale, List<String> notes) {

    private static final int TRIES = 10;

    /// Copies the lists.
    LedgerAudit {
        current = List.copyOf(current);
        stale = List.copyOf(stale);
        notes = List.copyOf(notes);
    }

    /// Looks at all of them. The process may load and unload meanwhile: then once more.
    static LedgerAudit of(ProcessModules modules, LedgerInspector inspector) {
        for (int i = 1; ; i++) {
            try {
                modules.refresh();
                return sort(Ledger.read(modules.pid()), modules, inspector);
            } catch (CallFailedException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static LedgerAudit sort(List<LedgerEntry> ledger, ProcessModules modules, LedgerInspector inspector) {
        List<LedgerEntry> current = new ArrayList<>();
        List<LedgerEntry> set = new ArrayList<>();
        List<LedgerKey> stale = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (LedgerEntry each : ledger) {
            LedgerKey key = each.key();
            boolean isLoaded = modules.of(key).isPresent() || modules.isHidden(key);
            if (isLoaded && (each.isDefault() || inspector.changed(each) > 0)) {
                current.add(each);
                if (!each.isDefault() || !inspector.isWhole(each)) {
                    set.add(each);
                }
                continue;
            }
            stale.add(key);
            if (!each.isDefault()) {
                String name = String.valueOf(Path.of(key.module()).getFileName());
                notes.add(name + ":" + key.key() + " was set to " + each.target()
                        + (isLoaded
                                ? ", and none of its sites is any more: " + name
                                        + " was loaded anew, or the program itself has undone the patch"
                                : ", and process " + modules.pid() + " has unloaded " + name + " since")
                        + "; the patch is forgotten");
            }
        }
        return new LedgerAudit(current, new SetKeys(set), stale, notes);
    }
}
