package dev.repoint.linux.ledger;

import org.jspecify.annotations.Nullable;

/// How the [Ledger] names a function that is patched at its entry. Immutable.
///
/// @param address of the function in its file, which identifies it in its module
/// @param name    by which it was first set; empty if nothing names it
public record EntryKey(long address, String name) {

    private static final String MARK = "entry 0x";

    /// Reads one.
    ///
    /// @param key the text of a [LedgerKey]
    /// @return null if that is the key of sites
    public static @Nullable EntryKey parse(String key) {
        if (!isOne(key)) {
            return null;
        }
        int end = key.indexOf(' ', MARK.length());
        return new EntryKey(Long.parseUnsignedLong(key.substring(MARK.length(), end), 16), key.substring(end + 1));
    }

    /// Whether the text of a [LedgerKey] is one.
    static boolean isOne(String key) {
        return key.startsWith(MARK);
    }

    /// As a [LedgerKey] has it: no key of sites has a blank.
    public String text() {
        return MARK + Long.toHexString(address) + " " + name;
    }
}
