package dev.repoint.linux.ledger;

import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.row.PackedBytes;

/// What stands now at the places that an entry of the ledger is about.
///
/// @param memory of the process
public record LedgerInspector(RemoteMemory memory) {

    /// How many are not as they were built.
    public int changed(LedgerEntry entry) {
        int changed = 0;
        for (LedgerRecord.Site each : entry.sites()) {
            changed += isOriginal(each) ? 0 : 1;
        }
        for (LedgerRecord.Word each : entry.words()) {
            changed += memory.word(each.address()) == each.original() ? 0 : 1;
        }
        return changed;
    }

    /// Whether the sites of a default are as built, and no place still uses the entry.
    public boolean isWhole(LedgerEntry entry) {
        for (LedgerRecord.Word each : entry.words()) {
            if (memory.word(each.address()) == entry.entry()) {
                return false;
            }
        }
        for (LedgerRecord.Site each : entry.sites()) {
            if (entry.isDefault() ? !isOriginal(each) : leadsTo(each, entry.entry())) {
                return false;
            }
        }
        return true;
    }

    private boolean isOriginal(LedgerRecord.Site site) {
        return bytes(site) == site.original();
    }

    private long bytes(LedgerRecord.Site site) {
        return PackedBytes.of(memory.read(site.address(), site.length()));
    }

    /// Whether a branch in one of its forms goes to an address: its last four bytes are the distance, or those
    /// before a nop.
    private boolean leadsTo(LedgerRecord.Site site, long address) {
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
