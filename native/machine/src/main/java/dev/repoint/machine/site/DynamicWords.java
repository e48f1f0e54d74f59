package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.PackedRelocations;
import dev.repoint.elf.RelocationTable;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.RelocationUse;
import java.util.Arrays;

/// The words of memory that the loader fills: what dynamic relocations are about, sorted by place.
final class DynamicWords {

    /// What [#at] gives where there is no such word.
    static final int NONE = -1;

    private static final RelocationUse[] USES = RelocationUse.values();

    private long[] places = new long[64];
    private byte[] uses = new byte[64];
    private int[] symbols = new int[64];
    private long[] addends = new long[64];
    private int count;

    private DynamicWords() {}

    static DynamicWords of(ElfFile file, Architecture architecture, Regions regions) {
        DynamicWords words = new DynamicWords();
        if (regions.isRelocatable()) {
            return words;
        }
        for (RelocationTable table : file.relocations()) {
            if (isDynamic(table)) {
                words.add(table, architecture, table.symbols() == file.dynamicSymbols());
            }
        }
        PackedRelocations packed = file.packedRelocations();
        for (int i = 0; i < packed.count(); i++) {
            words.add(packed.offset(i), RelocationUse.RELATIVE, 0, packed.addend(i));
        }
        words.sort();
        return words;
    }

    /// Whether a table is for the loader, and not one that the linker kept.
    static boolean isDynamic(RelocationTable table) {
        return table.section().isAllocated() || table.section().index().value() == 0;
    }

    /// @param named whether its symbols are those of the loader: whatever a table says with other ones, no
    ///     loader reads it so. A static program has a table without symbols that is linked to others
    private void add(RelocationTable table, Architecture architecture, boolean named) {
        for (int i = 0; i < table.count(); i++) {
            if (named || table.symbol(i) == 0) {
                add(table, i, architecture.use(table.type(i)));
            }
        }
    }

    private void add(RelocationTable table, int entry, RelocationUse use) {
        switch (use) {
            case POINTER, GLOB_DAT, JUMP_SLOT, RELATIVE, IRELATIVE ->
                add(table.offset(entry), use, table.symbol(entry), table.addend(entry));
            case BRANCH,
                    ADDRESS,
                    SLOT,
                    FAR_BRANCH,
                    FAR_ADDRESS,
                    FAR_SLOT,
                    TLS,
                    COPY,
                    NONE,
                    OTHER -> {} // hold no address of a function
        }
    }

    private void add(long place, RelocationUse use, int symbol, long addend) {
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
            uses = Arrays.copyOf(uses, count * 2);
            symbols = Arrays.copyOf(symbols, count * 2);
            addends = Arrays.copyOf(addends, count * 2);
        }
        places[count] = place;
        uses[count] = (byte) use.ordinal();
        symbols[count] = symbol;
        addends[count++] = addend;
    }

    private void sort() {
        int[] order = RadixSort.of(places, count);
        long[] sortedPlaces = new long[count];
        byte[] sortedUses = new byte[count];
        int[] sortedSymbols = new int[count];
        long[] sortedAddends = new long[count];
        for (int i = 0; i < count; i++) {
            sortedPlaces[i] = places[order[i]];
            sortedUses[i] = uses[order[i]];
            sortedSymbols[i] = symbols[order[i]];
            sortedAddends[i] = addends[order[i]];
        }
        places = sortedPlaces;
        uses = sortedUses;
        symbols = sortedSymbols;
        addends = sortedAddends;
    }

    int count() {
        return count;
    }

    /// The word at a place, or [#NONE].
    int at(long place) {
        int word = RadixSort.floor(places, count, place);
        return word >= 0 && places[word] == place ? word : NONE;
    }

    long place(int word) {
        return places[word];
    }

    RelocationUse use(int word) {
        return USES[uses[word]];
    }

    /// The index of a word's symbol in the table for the loader, 0 if none.
    int symbol(int word) {
        return symbols[word];
    }

    long addend(int word) {
        return addends[word];
    }

    /// Which symbols have a slot for calls.
    ///
    /// @param size how many symbols the table for the loader has
    boolean[] called(int size) {
        boolean[] called = new boolean[size];
        for (int i = 0; i < count; i++) {
            if (use(i) == RelocationUse.JUMP_SLOT && symbols[i] < size) {
                called[symbols[i]] = true;
            }
        }
        return called;
    }

    /// Whether a word is a slot of the global offset table that the loader fills by name.
    boolean isNamedSlot(int word) {
        RelocationUse use = use(word);
        return use == RelocationUse.GLOB_DAT || use == RelocationUse.JUMP_SLOT;
    }

    /// Whether a patch pointed a word at code of the file that the loader had filled by name: the relocation
    /// became a relative one, and kept the symbol.
    boolean isPointed(int word) {
        return use(word) == RelocationUse.RELATIVE && symbols[word] != 0;
    }
}
