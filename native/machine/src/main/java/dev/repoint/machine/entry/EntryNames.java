package dev.repoint.machine.entry;

import java.util.List;

/// What messages call a function.
final class EntryNames {

    private EntryNames() {}

    /// Its first name and its address, or the address alone.
    static String of(List<String> names, long address) {
        String place = "0x" + Long.toHexString(address);
        return names.isEmpty() ? "the function at " + place : names.getFirst() + " at " + place;
    }
}
