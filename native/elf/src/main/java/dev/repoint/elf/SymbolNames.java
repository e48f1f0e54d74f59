package dev.repoint.elf;

import java.util.Arrays;
import java.util.function.IntFunction;

/// Which symbols have a name: chains of those whose names have one hash.
final class SymbolNames {

    private static final int NONE = -1;

    private final int[] firsts;
    private final int[] nexts;

    private SymbolNames(int[] firsts, int[] nexts) {
        this.firsts = firsts;
        this.nexts = nexts;
    }

    /// @param size how many symbols there are
    /// @param names the name of each
    static SymbolNames of(int size, IntFunction<String> names) {
        int[] firsts = new int[Integer.highestOneBit(Math.max(size, 1)) << 1];
        int[] nexts = new int[size];
        Arrays.fill(firsts, NONE);
        for (int i = size - 1; i >= 0; i--) {
            int slot = slot(names.apply(i), firsts.length);
            nexts[i] = firsts[slot];
            firsts[slot] = i;
        }
        return new SymbolNames(firsts, nexts);
    }

    /// The first symbol that may have a name; negative if none has it.
    int first(String name) {
        return firsts[slot(name, firsts.length)];
    }

    /// The next one that may have the same name; negative at the end.
    int next(int symbol) {
        return nexts[symbol];
    }

    private static int slot(String name, int slots) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & slots - 1;
    }
}
