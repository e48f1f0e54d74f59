package dev.repoint.machine.entry;

import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.BranchListener;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Mover;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Where the direct branches of a whole file lead: one bit for each byte of its code.
///
/// Code is read from each place where something is known to begin to the next one. Where bytes are no
/// instruction that is known, every byte may start a branch; what that gives is kept apart.
final class EntryBranches {

    /// Unknown bytes are looked through so many at a time.
    private static final int PORTION = 1 << 24;
    /// The longest branch, less one byte.
    private static final int OVERLAP = 5;

    private final List<Code> parts;
    private final BitSet[] destinations;
    private final BitSet[] perhaps;

    private EntryBranches(List<Code> parts) {
        this.parts = parts;
        this.destinations = new BitSet[parts.size()];
        this.perhaps = new BitSet[parts.size()];
        Arrays.setAll(destinations, i -> new BitSet());
        Arrays.setAll(perhaps, i -> new BitSet());
    }

    /// @param begins ascending places where functions or data begin or end
    static EntryBranches of(Architecture architecture, List<Code> parts, long[] begins) {
        EntryBranches branches = new EntryBranches(parts);
        for (Code part : parts) {
            int next = Arrays.binarySearch(begins, part.address());
            next = next < 0 ? -next - 1 : next;
            long start = part.address();
            while (start < part.end()) {
                while (next < begins.length && begins[next] <= start) {
                    next++;
                }
                long end = next < begins.length ? Math.min(begins[next], part.end()) : part.end();
                branches.read(architecture, part.slice(start, end - start));
                start = end;
            }
        }
        return branches;
    }

    private void read(Architecture architecture, Code code) {
        Mover mover = architecture.mover();
        long unknown = code.address();
        for (long from = code.address(); from < code.end(); from = unknown) {
            // An array cannot hold more; what is so long is data, or a file without symbols.
            long length = Math.min(code.end() - from, Integer.MAX_VALUE / 2);
            unknown = mover.branches(code.slice(from, length), into(destinations));
            if (unknown < from + length) {
                break;
            }
        }
        if (unknown < code.end() && !architecture.isPadding(code.slice(unknown, code.end() - unknown))) {
            BranchListener listener = into(perhaps);
            for (long from = code.address(); from < code.end(); from += PORTION) {
                long length = Math.min(code.end() - from, PORTION + OVERLAP);
                mover.perhapsBranches(code.slice(from, length), listener);
            }
        }
    }

    private BranchListener into(BitSet[] sets) {
        return (from, to, isCall) -> {
            for (int i = 0; i < sets.length; i++) {
                if (parts.get(i).contains(to, 1) && to - parts.get(i).address() < Integer.MAX_VALUE) {
                    sets[i].set((int) (to - parts.get(i).address()));
                }
            }
        };
    }

    /// The first address from one to another, this one exclusive, to which a branch leads; -1 if none does.
    long first(long from, long to) {
        return first(destinations, from, to);
    }

    /// The same for what may be a branch.
    long firstPerhaps(long from, long to) {
        return first(perhaps, from, to);
    }

    private long first(BitSet[] sets, long from, long to) {
        for (int i = 0; i < sets.length; i++) {
            long start = parts.get(i).address();
            if (parts.get(i).contains(from, 1) && from - start < Integer.MAX_VALUE) {
                int found = sets[i].nextSetBit((int) (from - start));
                return found < 0 || start + found >= to ? -1 : start + found;
            }
        }
        return -1;
    }
}
