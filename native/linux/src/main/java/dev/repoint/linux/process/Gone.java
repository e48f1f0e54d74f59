package dev.repoint.linux.process;

import dev.repoint.linux.call.CallFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the ledger of a process remembers, sorted by whether it is still so. A process may unload a library
/// that was patched; and what it loads later, at the same place as well, is as it was built. Immutable.
///
/// @param standing whose places can be looked at
/// @param gone     whose module is not loaded any more, or was loaded anew
/// @param lines    what is to be said of those that led elsewhere, one line each
record Gone(List<LedgerEntry> standing, List<LedgerKey> gone, List<String> lines) {

    private static final int TRIES = 10;

    /// Copies the lists.
    Gone {
        standing = List.copyOf(standing);
        gone = List.copyOf(gone);
        lines = List.copyOf(lines);
    }

    /// Looks at all of them. The process may load and unload meanwhile: then once more.
    static Gone of(ProcessModules modules, LedgerPlaces places) {
        for (int i = 1; ; i++) {
            try {
                modules.refresh();
                return sort(Ledger.read(modules.pid()), modules, places);
            } catch (CallFailedException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Gone sort(List<LedgerEntry> ledger, ProcessModules modules, LedgerPlaces places) {
        List<LedgerEntry> standing = new ArrayList<>();
        List<LedgerKey> gone = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (LedgerEntry each : ledger) {
            LedgerKey key = each.key();
            boolean isLoaded = modules.of(key).isPresent() || modules.isHidden(key);
            if (isLoaded && (each.isDefault() || places.changed(each) > 0)) {
                standing.add(each);
                continue;
            }
            gone.add(key);
            if (!each.isDefault()) {
                String name = String.valueOf(Path.of(key.module()).getFileName());
                lines.add(name + ":" + key.key() + " led to " + each.target()
                        + (isLoaded
                                ? ", and nothing of it does any more: " + name
                                        + " was loaded anew, or the program itself has changed"
                                        + " that back"
                                : ": process " + modules.pid() + " has unloaded " + name + " since")
                        + "; that is forgotten");
            }
        }
        return new Gone(standing, gone, lines);
    }
}
