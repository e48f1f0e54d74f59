package dev.repoint.linux.process;

import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.row.PackedBytes;

/// What stands now at the places that an entry of the ledger is about.
///
/// @param memory of the process
record LedgerInspector(RemoteMemory memory) {

    /// How many are not as they were built.
    int changed(LedgerEntry entry) {
        int changed = 0;
        for (LedgerSite each : entry.sites()) {
            changed += isOriginal(each) ? 0 : 1;
        }
        for (LedgerWord each : entry.words()) {
            changed += memory.word(each.address()) == each.original() ? 0 : 1;
        }
        return changed;
    }

    /// Whether the sites of a default are as built, and nothing leads through the entry still.
    boolean isWhole(LedgerEntry entry) {
        for (LedgerWord each : entry.words()) {
            if (memory.word(each.address()) == entry.entry()) {
                return false;
            }
        }
        for (LedgerSite each : entry.sites()) {
            if (entry.isDefault() ? !isOriginal(each) : leadsTo(each, entry.entry())) {
                return false;
            }
        }
        return true;
    }

    private boolean isOriginal(LedgerSite site) {
        return bytes(site) == site.original();
    }

    private long bytes(LedgerSite site) {
        return PackedBytes.of(memory.read(site.address(), site.length()));
    }

    /// Whether a branch in one of its forms leads somewhere: its last four bytes are the distance, or those
    /// before a nop.
    private boolean leadsTo(LedgerSite site, long address) {
        long bytes = bytes(site);
        for (int end = site.length(); end >= site.length() - 1 && end >= Integer.BYTES; end--) {
            int distance = (int) (bytes >>> Byte.SIZE * (end - Integer.BYTES));
            if (site.address() + end + distance == address) {
                return true;
            }
        }
        return false;
    }
}
