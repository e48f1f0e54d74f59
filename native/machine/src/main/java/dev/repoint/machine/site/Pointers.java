package dev.repoint.machine.site;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SiteKind;
import java.util.Arrays;

/// Judges calls, jumps and loads through pointers, and instructions that take an address.
///
/// The pointer is a slot of the global offset table, and the use one of the function that the slot is for; or
/// it is a word of a variable, and the use one of that pointer. Loads and addresses of variables are kept until
/// all pointers are known: most are of data that is none.
final class Pointers {

    private static final int FIELD = 4;
    private static final int FIRST = 256;

    private final ScanContext scan;
    private long[] laterPlaces = new long[FIRST];
    private long[] laterUsed = new long[FIRST];
    private int[] laterSymbols = new int[FIRST];
    private int[] laterIns = new int[FIRST];
    private byte[] laterLengths = new byte[FIRST];
    private boolean[] laterLoads = new boolean[FIRST];
    private int count;

    Pointers(ScanContext scan) {
        this.scan = scan;
    }

    /// A call or jump through a pointer.
    void branch(Instruction.PointerBranch branch, long field, RelocationUse use, int symbol, long addend, int in) {
        Symbols symbols = scan.symbols();
        long expected = symbols.place(symbol) + addend + scan.bias(FIELD);
        if (scan.isRelocatable()) {
            unlinkedBranch(branch, field, use, symbol, addend, in);
            return;
        }
        long slot = branch.slot();
        int number = switch (symbols.kind(symbol)) {
            case Symbols.UNDEFINED -> throughSlot(use, slot, scan.catalogue().undefined(symbol), symbols.place(symbol));
            case Symbols.FUNCTION, Symbols.LABEL ->
                throughSlot(use, slot, scan.catalogue().function(symbol), symbols.place(symbol));
            case Symbols.OBJECT ->
                expected == slot ? scan.catalogue().pointer(symbol, slot - symbols.place(symbol)) : Catalogue.NONE;
            case Symbols.SECTION -> expected == slot ? at(slot) : Catalogue.NONE;
            default -> Catalogue.NONE;
        };
        if (number == Catalogue.NONE) {
            scan.rejects().addUnnamed(Rejects.Why.UNNAMED, slot, field);
        } else {
            scan.sites().add(number, branch.kind(), branch.address(), branch.length(), in, slot, CurrentTarget.DEFAULT);
        }
    }

    private void unlinkedBranch(
            Instruction.PointerBranch branch, long field, RelocationUse use, int symbol, long addend, int in) {
        Symbols symbols = scan.symbols();
        long offset = addend + scan.bias(FIELD);
        int number = switch (symbols.kind(symbol)) {
            case Symbols.UNDEFINED ->
                use == RelocationUse.SLOT
                        ? scan.catalogue().undefined(symbol)
                        : scan.catalogue().pointer(symbol, offset);
            case Symbols.FUNCTION -> scan.catalogue().function(symbol);
            case Symbols.OBJECT, Symbols.COMMON, Symbols.UNDEFINED_OBJECT ->
                scan.catalogue().pointer(symbol, offset);
            case Symbols.SECTION -> at(symbols.place(symbol) + offset);
            default -> Catalogue.NONE;
        };
        if (number == Catalogue.NONE) {
            scan.rejects().addUnnamed(Rejects.Why.UNNAMED, symbols.place(symbol) + offset, field);
            return;
        }
        boolean placed = scan.catalogue().kind(number) == Catalogue.Kind.POINTER
                && (symbols.kind(symbol) == Symbols.OBJECT || symbols.kind(symbol) == Symbols.SECTION);
        long slot = placed ? scan.regions().address(symbols.place(symbol) + offset) : 0;
        scan.sites().add(number, branch.kind(), branch.address(), branch.length(), in, slot, CurrentTarget.DEFAULT);
    }

    /// The number of the pointer at a place, which becomes one if it is a word of a variable; else
    /// [Catalogue#NONE].
    int at(long place) {
        int symbol = scan.variables().containing(place);
        return symbol == Variables.NONE
                ? Catalogue.NONE
                : scan.catalogue().pointer(symbol, place - scan.symbols().place(symbol));
    }

    /// The number of a function if the pointer at a place is its slot; else [Catalogue#NONE].
    private int throughSlot(RelocationUse use, long slot, int number, long place) {
        Linkage linkage = scan.linkage();
        int word = scan.words().at(slot);
        if (word == DynamicWords.NONE) {
            return place == 0 ? Catalogue.NONE : throughFixed(use, slot, number, place);
        }
        if (linkage.leadsTo(word, number, place)) {
            linkage.claimOwn(word, number);
            return number;
        }
        if (!linkage.lacksSlotLike(word, number)) {
            return Catalogue.NONE;
        }
        boolean pointed = use == RelocationUse.SLOT
                && linkage.isOwnSlot(word)
                && scan.currentAt(scan.words().addend(word)) != null;
        if (!pointed && !scan.words().isNamedSlot(word)) {
            return Catalogue.NONE;
        }
        linkage.claim(word, number); // nothing else is its slot, so this one was
        return number;
    }

    /// The same for a slot that the linker has filled.
    private int throughFixed(RelocationUse use, long slot, int number, long place) {
        Long content = scan.regions().word(slot);
        if (content == null) {
            return Catalogue.NONE;
        }
        boolean pointed = use == RelocationUse.SLOT && content != 0 && scan.currentAt(content) != null;
        if (content != place && !pointed) {
            return Catalogue.NONE;
        }
        boolean own = use == RelocationUse.SLOT && scan.linkage().claimFixed(slot, number);
        return content == place || own ? number : Catalogue.NONE;
    }

    /// An address, or a load of what may be a pointer.
    void reference(Instruction.Reference reference, long field, RelocationUse use, int symbol, long addend, int in) {
        boolean load = reference.kind() == SiteKind.POINTER_LOAD;
        long used = reference.destination();
        Symbols symbols = scan.symbols();
        if (scan.isRelocatable()) {
            boolean absolute = scan.regions().isNoPlace(used);
            long offset = addend + (absolute ? 0 : scan.bias(reference.address() + reference.length() - field));
            used = symbols.place(symbol) + offset;
        }
        switch (symbols.kind(symbol)) {
            case Symbols.FUNCTION ->
                function(reference, use, scan.catalogue().function(symbol), symbol, used, in, field);
            case Symbols.UNDEFINED -> undefined(reference, use, symbol, used, in);
            case Symbols.SECTION -> {
                if (scan.regions().isExecutable(used)) {
                    int number = load ? Catalogue.NONE : scan.functionAt(used);
                    if (number != Catalogue.NONE) {
                        site(reference, number, used, in);
                    }
                } else {
                    later(reference, Variables.NONE, used, in);
                }
            }
            case Symbols.OBJECT -> later(reference, symbol, used, in);
            case Symbols.COMMON, Symbols.UNDEFINED_OBJECT -> {
                // has no place yet, and most likely is no pointer
            }
            default -> {} // labels
        }
    }

    private void function(
            Instruction.Reference reference, RelocationUse use, int number, int symbol, long used, int in, long field) {
        long place = scan.symbols().place(symbol);
        if (reference.kind() == SiteKind.ADDRESS ? used == place : isSlot(use, used, number, place)) {
            site(reference, number, reference.kind() == SiteKind.ADDRESS || !scan.isRelocatable() ? used : 0, in);
        } else if (scan.linkage().wordBehind(used) != Linkage.NONE && reference.kind() == SiteKind.ADDRESS) {
            site(reference, number, used, in); // its entry in a linkage table stands for it
        } else {
            boolean inside = Long.compareUnsigned(used - place, scan.symbols().size(symbol)) < 0;
            scan.rejects().add(inside ? Rejects.Why.INSIDE : Rejects.Why.ELSEWHERE, number, field);
        }
    }

    /// What is not defined may be a variable: its address counts if it is that of an entry of a linkage table,
    /// and a load where it is one of a function's slot.
    private void undefined(Instruction.Reference reference, RelocationUse use, int symbol, long used, int in) {
        long place = scan.symbols().place(symbol);
        if (scan.isRelocatable()) {
            boolean plain = reference.kind() == SiteKind.ADDRESS && used == place;
            if (plain || use == RelocationUse.SLOT) {
                later(reference, symbol, 0, in);
            }
            return;
        }
        int number = scan.catalogue().undefined(symbol);
        if (scan.catalogue().kind(number) != Catalogue.Kind.IMPORT
                || !scan.catalogue().mayBeFunction(scan.catalogue().symbol(number))) {
            return;
        }
        int word = reference.kind() == SiteKind.ADDRESS
                ? scan.linkage().wordBehind(used)
                : scan.words().at(used);
        if (word != Linkage.NONE && scan.linkage().leadsTo(word, number, place)) {
            site(reference, number, used, in);
        }
    }

    private boolean isSlot(RelocationUse use, long slot, int number, long place) {
        if (scan.isRelocatable()) {
            return use == RelocationUse.SLOT;
        }
        return throughSlot(use, slot, number, place) != Catalogue.NONE;
    }

    private void site(Instruction.Reference reference, int number, long used, int in) {
        scan.sites()
                .add(
                        number,
                        reference.kind(),
                        reference.address(),
                        reference.length(),
                        in,
                        scan.regions().address(used),
                        CurrentTarget.DEFAULT);
    }

    /// Keeps a use of a variable, or in a relocatable file of what may be one.
    private void later(Instruction.Reference reference, int symbol, long used, int in) {
        if (count == laterPlaces.length) {
            laterPlaces = Arrays.copyOf(laterPlaces, count * 2);
            laterUsed = Arrays.copyOf(laterUsed, count * 2);
            laterSymbols = Arrays.copyOf(laterSymbols, count * 2);
            laterIns = Arrays.copyOf(laterIns, count * 2);
            laterLengths = Arrays.copyOf(laterLengths, count * 2);
            laterLoads = Arrays.copyOf(laterLoads, count * 2);
        }
        laterPlaces[count] = reference.address();
        laterUsed[count] = used;
        laterSymbols[count] = symbol;
        laterIns[count] = in;
        laterLengths[count] = (byte) reference.length();
        laterLoads[count++] = reference.kind() == SiteKind.POINTER_LOAD;
    }

    /// Makes sites of the uses that were kept, where pointers and functions are known by now.
    void finish() {
        for (int i = 0; i < count; i++) {
            int symbol =
                    laterSymbols[i] == Variables.NONE ? scan.variables().containing(laterUsed[i]) : laterSymbols[i];
            if (symbol == Variables.NONE) {
                continue;
            }
            int number = scan.symbols().kind(symbol) == Symbols.UNDEFINED
                    ? scan.catalogue().knownExternal(symbol)
                    : scan.catalogue()
                            .knownPointer(symbol, laterUsed[i] - scan.symbols().place(symbol));
            if (number == Catalogue.NONE) {
                continue;
            }
            scan.sites()
                    .add(
                            number,
                            laterLoads[i] ? SiteKind.POINTER_LOAD : SiteKind.ADDRESS,
                            laterPlaces[i],
                            laterLengths[i],
                            laterIns[i],
                            scan.regions().address(laterUsed[i]),
                            CurrentTarget.DEFAULT);
        }
    }
}
