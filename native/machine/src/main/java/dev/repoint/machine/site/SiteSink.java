package dev.repoint.machine.site;

import dev.repoint.machine.instruction.SiteKind;
import java.util.HashMap;
import java.util.Map;

/// Takes sites as they are found.
final class SiteSink {

    /// Stands for no symbol.
    static final int NOWHERE = -1;

    private static final int PLACE = 0;
    private static final int LEAD = 1;
    private static final int OWNER = 0;
    private static final int IN = 1;
    private static final int KIND = 0;
    private static final int LENGTH = 1;

    private final Columns columns = new Columns(2, 2, 2);
    /// Those that are not the default.
    private final Map<Integer, CurrentTarget> currents = new HashMap<>();

    /// Takes a site.
    ///
    /// @param owner number of the patchable in the [Catalogue]
    /// @param in    the symbol of what contains it, or [#NOWHERE]
    /// @param lead  the address of the default, or of the pointer
    void add(int owner, SiteKind kind, long place, int length, int in, long lead, CurrentTarget current) {
        int site = columns.add();
        columns.ints(OWNER)[site] = owner;
        columns.bytes(KIND)[site] = (byte) kind.ordinal();
        columns.longs(PLACE)[site] = place;
        columns.bytes(LENGTH)[site] = (byte) length;
        columns.ints(IN)[site] = in;
        columns.longs(LEAD)[site] = lead;
        if (!current.isDefault()) {
            currents.put(site, current);
        }
    }

    int count() {
        return columns.count();
    }

    int owner(int site) {
        return columns.ints(OWNER)[site];
    }

    byte kind(int site) {
        return columns.bytes(KIND)[site];
    }

    long place(int site) {
        return columns.longs(PLACE)[site];
    }

    byte length(int site) {
        return columns.bytes(LENGTH)[site];
    }

    int in(int site) {
        return columns.ints(IN)[site];
    }

    long lead(int site) {
        return columns.longs(LEAD)[site];
    }

    CurrentTarget current(int site) {
        return currents.getOrDefault(site, CurrentTarget.DEFAULT);
    }

    /// Whether any site has another target than the default.
    boolean hasCurrents() {
        return !currents.isEmpty();
    }

    /// The sites in the order of places.
    int[] inOrder() {
        return RadixSort.of(columns.longs(PLACE), columns.count());
    }
}
