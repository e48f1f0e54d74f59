package dev.repoint.linux.ledger;

import java.util.Objects;

/// Which patchable of another process: what identifies it as long as its module is loaded. Two are the same if
/// they are at the same place and of the same build, even if the file was moved meanwhile. Immutable.
///
/// @param module  the path of the file that holds its sites, as `/proc/PID/maps` has it
/// @param buildId of that file, in hex; empty if it has none
/// @param key     the text of the key in it
/// @param base    the address of the first byte of the module; 0 if it is forgotten
public record LedgerKey(String module, String buildId, String key, long base) {

    /// Whether its module was unloaded.
    boolean isForgotten() {
        return base == 0;
    }

    /// The same one, without a place.
    public LedgerKey forgotten() {
        return new LedgerKey(module, buildId, key, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerKey that
                && base == that.base
                && buildId.equals(that.buildId)
                && identity(key).equals(identity(that.key))
                && (!buildId.isEmpty() || module.equals(that.module));
    }

    @Override
    public int hashCode() {
        return Objects.hash(buildId, identity(key), base);
    }

    /// What counts of a key: of an entry, all but its name.
    private static String identity(String key) {
        return EntryKey.isOne(key) ? key.substring(0, key.indexOf(' ', key.indexOf(' ') + 1)) : key;
    }
}
