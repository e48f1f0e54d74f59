package dev.repoint.machine.site;

import dev.repoint.machine.instruction.SiteKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes sites as they are found, in columns that grow.
final class SiteSink {

    /// Stands for no symbol.
    static final int NOWHERE = -1;

    private static final int FIRST = 1024;

    private int[] owners = new int[FIRST];
    private byte[] kinds = new byte[FIRST];
    private long[] places = new long[FIRST];
    private byte[] lengths = new byte[FIRST];
    private int[] ins = new int[FIRST];
    private long[] leads = new long[FIRST];
    private @Nullable CurrentTarget @Nullable [] currents;
    private int count;

    /// Takes a site.
    ///
    /// @param owner number of the patchable in the [Catalogue]
    /// @param in    the symbol of what contains it, or [#NOWHERE]
    void add(int owner, SiteKind kind, long place, int length, int in, long lead, CurrentTarget current) {
        if (count == owners.length) {
            grow();
        }
        owners[count] = owner;
        kinds[count] = (byte) kind.ordinal();
        places[count] = place;
        lengths[count] = (byte) length;
        ins[count] = in;
        leads[count] = lead;
        if (!current.isDefault()) {
            @Nullable CurrentTarget[] all = currents;
            if (all == null) {
                all = new CurrentTarget[owners.length];
                currents = all;
            }
            all[count] = current;
        }
        count++;
    }

    private void grow() {
        int size = count * 2;
        owners = Arrays.copyOf(owners, size);
        kinds = Arrays.copyOf(kinds, size);
        places = Arrays.copyOf(places, size);
        lengths = Arrays.copyOf(lengths, size);
        ins = Arrays.copyOf(ins, size);
        leads = Arrays.copyOf(leads, size);
        @Nullable CurrentTarget[] all = currents;
        if (all != null) {
            currents = Arrays.copyOf(all, size);
        }
    }

    int count() {
        return count;
    }

    int owner(int site) {
        return owners[site];
    }

    byte kind(int site) {
        return kinds[site];
    }

    long place(int site) {
        return places[site];
    }

    byte length(int site) {
        return lengths[site];
    }

    int in(int site) {
        return ins[site];
    }

    long lead(int site) {
        return leads[site];
    }

    CurrentTarget current(int site) {
        @Nullable CurrentTarget[] all = currents;
        CurrentTarget current = all == null ? null : all[site];
        return current == null ? CurrentTarget.DEFAULT : current;
    }

    /// Whether any site leads elsewhere than to the default.
    boolean hasCurrents() {
        return currents != null;
    }

    /// The sites in the order of places.
    int[] inOrder() {
        return RadixSort.of(places, count);
    }
}
