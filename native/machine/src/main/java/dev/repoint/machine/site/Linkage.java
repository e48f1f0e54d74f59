package dev.repoint.machine.site;

import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.RelocationUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How calls reach functions through slots: the entries of the procedure linkage tables, the slots that they
/// jump through, and the functions that the slots are for.
final class Linkage {

    /// What is given where there is none.
    static final int NONE = -1;

    /// Of so many functions at one place the one of a name is looked for.
    private static final int MOST_NAMES = 64;
    /// Entries start at multiples of this.
    private static final int STEP = 4;

    private final Architecture architecture;
    private final Regions regions;
    private final Symbols symbols;
    private final Functions functions;
    private final Declarations declarations;
    private final DynamicWords words;
    private final Catalogue catalogue;
    private final KeyNames names;
    private final SymbolTable dynamicSymbols;
    private final boolean[] linkageRegions;
    private final LongMap claims = new LongMap();
    private final LongMap slots = new LongMap();
    private final LongMap lazySlots = new LongMap();
    private final LongMap fixedSlots = new LongMap();
    private final List<Long> fixedPlaces = new ArrayList<>();
    private long @Nullable [] entries;

    Linkage(
            Architecture architecture,
            Regions regions,
            Symbols symbols,
            Functions functions,
            Declarations declarations,
            DynamicWords words,
            Catalogue catalogue,
            KeyNames names,
            SymbolTable dynamicSymbols) {
        this.architecture = architecture;
        this.regions = regions;
        this.symbols = symbols;
        this.functions = functions;
        this.declarations = declarations;
        this.words = words;
        this.catalogue = catalogue;
        this.names = names;
        this.dynamicSymbols = dynamicSymbols;
        this.linkageRegions = new boolean[regions.count()];
        for (int i = 0; i < linkageRegions.length; i++) {
            String name = regions.get(i).name();
            linkageRegions[i] = regions.get(i).executable() && (name.startsWith(".plt") || name.startsWith(".iplt"));
        }
        for (int word = 0; word < words.count(); word++) {
            if (words.isPointed(word)) {
                recall(word);
                continue;
            }
            // A pointer in data may be filled by a function that chooses, too; it is no slot for that.
            boolean chosen = words.use(word) == RelocationUse.IRELATIVE && isInSlots(words.place(word));
            if (!words.isNamedSlot(word) && !chosen) {
                continue;
            }
            int owner = namedBy(word);
            if (owner != NONE) {
                slotsLike(word).put(owner, word);
            }
        }
    }

    /// A function may have two slots: one for its entry in a linkage table, which is filled at the first call,
    /// and one for code that reads it.
    private LongMap slotsLike(int word) {
        return words.use(word) == RelocationUse.JUMP_SLOT ? lazySlots : slots;
    }

    /// The word that the entry at a place jumps through, or [#NONE] if no entry of a linkage table starts
    /// there.
    int wordBehind(long place) {
        int region = regions.at(place);
        if (region == Regions.NONE || !linkageRegions[region]) {
            return NONE;
        }
        Long slot = architecture.pltSlot(regions.code(region), place);
        return slot == null ? NONE : words.at(slot);
    }

    /// The number in the [Catalogue] of the function that a word is for, or [#NONE] if it is for none: what a
    /// [claim][#claim] says, else what the word's relocation names.
    int ownerOf(int word) {
        int claimed = claims.get(word);
        return claimed != LongMap.ABSENT ? claimed : namedBy(word);
    }

    /// The number of the function that a word's relocation names now, or [#NONE].
    int namedBy(int word) {
        return switch (words.use(word)) {
            case GLOB_DAT, JUMP_SLOT, POINTER -> words.symbol(word) == 0 ? at(words.addend(word)) : bySymbol(word);
            case RELATIVE, IRELATIVE -> at(words.addend(word));
            case BRANCH, ADDRESS, SLOT, FAR_BRANCH, FAR_ADDRESS, FAR_SLOT, TLS, COPY, NONE, OTHER -> NONE;
        };
    }

    /// Records that a slot is for a function that its relocation does not name: it was redirected in the
    /// file.
    void claim(int word, int number) {
        claims.put(word, number);
        slotsLike(word).put(number, word);
    }

    /// Whether a function has no slot of the kind of a word, so that a word which another function fills may
    /// have been its.
    boolean lacksSlotLike(int word, int number) {
        return slotsLike(word).get(number) == LongMap.ABSENT;
    }

    /// Records that a slot of a function of this file is read under the name of that function: the loader only
    /// adds the load address to it, so its own relocation has no name.
    void claimOwn(int word, int number) {
        if (isOwnSlot(word) && claims.get(word) == LongMap.ABSENT) {
            claim(word, number);
        }
    }

    /// Whether a word is a slot that the loader only adds the load address to.
    boolean isOwnSlot(int word) {
        return words.use(word) == RelocationUse.RELATIVE && words.symbol(word) == 0 && isInSlots(words.place(word));
    }

    /// Whether a word is claimed.
    boolean isClaimed(int word) {
        return claims.get(word) != LongMap.ABSENT;
    }

    /// Records the slot of a function in a program at a fixed address, which the linker has filled.
    ///
    /// @return whether it is one, and not that of another function
    boolean claimFixed(long place, int number) {
        if (!isInSlots(place)) {
            return false;
        }
        int known = fixedSlots.get(place);
        if (known != LongMap.ABSENT) {
            return known == number;
        }
        fixedSlots.put(place, number);
        fixedPlaces.add(place);
        return true;
    }

    /// The places that were [claimed][#claimFixed].
    List<Long> fixedSlots() {
        return Collections.unmodifiableList(fixedPlaces);
    }

    /// The number of the function that a claimed place is for.
    int ownerOfFixed(long place) {
        return fixedSlots.get(place);
    }

    /// Whether a place is in the global offset table.
    boolean isInSlots(long place) {
        int region = regions.at(place);
        return region != Regions.NONE && regions.get(region).name().startsWith(".got");
    }

    /// Finds whose a word was before a patch pointed it at code of the file: its relocation still has the
    /// symbol.
    private void recall(int word) {
        int owner = bySymbol(word);
        if (owner == NONE) {
            return;
        }
        claims.put(word, owner);
        if (isInSlots(words.place(word))) {
            slots.put(owner, word);
        }
    }

    /// Whether a word holds a function: its relocation names it, or its place.
    boolean leadsTo(int word, int number, long place) {
        return switch (words.use(word)) {
            case GLOB_DAT, JUMP_SLOT, POINTER ->
                ownerOf(word) == number || words.symbol(word) == 0 && words.addend(word) == place;
            case RELATIVE, IRELATIVE -> words.addend(word) == place || claims.get(word) == number;
            case BRANCH, ADDRESS, SLOT, FAR_BRANCH, FAR_ADDRESS, FAR_SLOT, TLS, COPY, NONE, OTHER -> false;
        };
    }

    /// The slot of a function, or [#NONE]: rather the one that code reads than that of its entry in a linkage
    /// table.
    int slotOf(int number) {
        int read = slots.get(number);
        return read != LongMap.ABSENT ? read : lazySlots.get(number);
    }

    /// The place of a function's entry in a linkage table; 0 if it has none.
    long entryOf(int number) {
        int read = slots.get(number);
        int lazy = lazySlots.get(number);
        if (read == LongMap.ABSENT && lazy == LongMap.ABSENT) {
            return 0;
        }
        long[] known = entries;
        if (known == null) {
            known = findEntries();
            entries = known;
        }
        long entry = lazy == LongMap.ABSENT ? 0 : known[lazy];
        return entry != 0 || read == LongMap.ABSENT ? entry : known[read];
    }

    private long[] findEntries() {
        long[] found = new long[words.count()];
        for (int i = 0; i < linkageRegions.length; i++) {
            if (!linkageRegions[i]) {
                continue;
            }
            Regions.Region region = regions.get(i);
            for (long at = region.start(); at - region.start() < region.loaded(); at += STEP) {
                Long slot = architecture.pltSlot(regions.code(i), at);
                int word = slot == null ? NONE : words.at(slot);
                if (word != NONE && found[word] == 0) {
                    found[word] = at;
                }
            }
        }
        return found;
    }

    private int bySymbol(int word) {
        int dynamic = words.symbol(word);
        if (!dynamicSymbols.isDefined(dynamic)) {
            return catalogue.mayBeFunction(dynamic) ? catalogue.imported(dynamic) : NONE;
        }
        int group = functions.startingAt(dynamicSymbols.value(dynamic));
        if (group == Functions.NONE) {
            return NONE;
        }
        if (symbols.table() == dynamicSymbols) {
            return catalogue.function(dynamic);
        }
        String name = dynamicSymbols.name(dynamic);
        int first = names.first(name);
        if (first >= 0 && functions.startingAt(symbols.place(first)) == group && !names.isShared(first)) {
            return catalogue.function(first);
        }
        for (int i = 0; i < functions.names(group) && i < MOST_NAMES; i++) {
            int symbol = functions.symbol(group, i);
            if (names.name(symbol).equals(name)) {
                return catalogue.function(symbol);
            }
        }
        return catalogue.function(functions.nameOf(group, false, declarations));
    }

    private int at(long place) {
        int group = functions.startingAt(place);
        return group == Functions.NONE ? NONE : catalogue.function(functions.nameOf(group, false, declarations));
    }
}
