package dev.repoint.machine.site;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// Judges calls and jumps with a relocation.
///
/// In a linked file a call is a site of the function that its relocation names if it goes there: to the
/// function, to its entry in a linkage table, or to a veneer of the linker before either. If it goes to the
/// start of another function instead, or does nothing in one of the forms that a patch leaves, it was patched
/// before, and is a site with that current target. In a relocatable file the bytes have no destination yet, and the
/// relocation says it all.
///
/// A relocation that names a section is about the place of its addend.
final class Branches {

    /// From the field to the end of a branch.
    private static final int FIELD = 4;
    private static final int ADDR32 = 0x67;

    private final ScanContext scan;
    private final Pointers pointers;

    Branches(ScanContext scan, Pointers pointers) {
        this.scan = scan;
        this.pointers = pointers;
    }

    void branch(Code code, Instruction.Branch branch, long field, RelocationUse use, int symbol, long addend, int in) {
        Symbols symbols = scan.symbols();
        long expected = symbols.place(symbol) + addend + scan.bias(FIELD);
        switch (symbols.kind(symbol)) {
            case Symbols.UNDEFINED, Symbols.UNDEFINED_OBJECT ->
                named(code, branch, field, use, scan.catalogue().undefined(symbol), symbols.place(symbol), in);
            case Symbols.FUNCTION, Symbols.LABEL -> {
                if (expected != symbols.place(symbol)) {
                    atPlace(code, branch, field, use, expected, in);
                } else if (isFunction(symbol) && !isPart(branch.kind(), symbol, field)) {
                    named(code, branch, field, use, scan.catalogue().function(symbol), expected, in);
                }
            }
            case Symbols.SECTION -> atPlace(code, branch, field, use, expected, in);
            case Symbols.OBJECT -> {
                if (!wasPointer(code, branch, field, symbol, expected, in)) {
                    scan.rejects().addUnnamed(Rejects.Why.ELSEWHERE, expected, field);
                }
            }
            default -> scan.rejects().addUnnamed(Rejects.Why.ELSEWHERE, expected, field);
        }
    }

    /// A branch that names a place and no function.
    private void atPlace(Code code, Instruction.Branch branch, long field, RelocationUse use, long place, int in) {
        if (!scan.regions().isExecutable(place)) {
            if (!wasPointer(code, branch, field, scan.variables().containing(place), place, in)) {
                scan.rejects().addUnnamed(Rejects.Why.ELSEWHERE, place, field);
            }
            return;
        }
        int group = scan.functions().startingAt(place);
        if (group == Functions.NONE) {
            if (!scan.isRelocatable() && branch.destination() != place) {
                scan.rejects().addUnnamed(Rejects.Why.ELSEWHERE, place, field);
            }
            return; // a jump inside of a function, between its parts
        }
        int symbol = scan.functions().nameOf(group, true, scan.declarations());
        boolean loop = branch.kind() != SiteKind.CALL
                && in != SiteSink.NOWHERE
                && Clones.areOne(scan.names().name(in), scan.names().name(symbol));
        if (!loop && !isPart(branch.kind(), symbol, field)) {
            named(code, branch, field, use, scan.catalogue().function(symbol), place, in);
        }
    }

    /// Labels inside of functions are not called.
    private boolean isFunction(int symbol) {
        if (scan.symbols().kind(symbol) == Symbols.FUNCTION || !scan.symbols().isLocal(symbol)) {
            return true;
        }
        int group = scan.functions().containing(scan.symbols().place(symbol));
        return group == Functions.NONE
                || scan.functions().start(group) == scan.symbols().place(symbol);
    }

    /// A jump into the part of a function that rarely runs. It may have lost the name of its function, if that
    /// was renamed.
    private boolean isPart(SiteKind kind, int symbol, long field) {
        if (kind == SiteKind.CALL || !Clones.isCold(scan.names().name(symbol))) {
            return false;
        }
        scan.rejects().add(Rejects.Why.PART, scan.catalogue().function(symbol), field);
        return true;
    }

    private void named(
            Code code, Instruction.Branch branch, long field, RelocationUse use, int number, long place, int in) {
        if (scan.isRelocatable()) {
            scan.sites()
                    .add(
                            number,
                            branch.kind(),
                            branch.address(),
                            branch.length(),
                            in,
                            scan.regions().address(place),
                            CurrentTarget.DEFAULT);
            return;
        }
        long destination = branch.destination();
        if (destination == place && place != 0 || isLinkedTo(destination, number, place)) {
            scan.sites()
                    .add(
                            number,
                            branch.kind(),
                            branch.address(),
                            branch.length(),
                            in,
                            destination,
                            CurrentTarget.DEFAULT);
            return;
        }
        if (scan.catalogue().kind(number) == Catalogue.Kind.MISSING) {
            scan.rejects().add(Rejects.Why.MISSING, number, field);
            return;
        }
        int word = scan.linkage().wordBehind(destination);
        if (word != Linkage.NONE && scan.linkage().lacksSlotLike(word, number) && isImport(number)) {
            // Nothing else is its slot, so this one was, and the slot was redirected.
            scan.linkage().claim(word, number);
            scan.sites()
                    .add(
                            number,
                            branch.kind(),
                            branch.address(),
                            branch.length(),
                            in,
                            destination,
                            CurrentTarget.DEFAULT);
            return;
        }
        CurrentTarget current = scan.currentAt(destination);
        if (current == null) {
            scan.rejects().add(Rejects.Why.ELSEWHERE, number, field);
        } else if (use == RelocationUse.SLOT && wasPointerForm(code, branch, field) && slot(number) != 0) {
            scan.sites()
                    .add(number, pointerKind(branch.kind()), field - 2, branch.length() + 1, in, slot(number), current);
        } else {
            patched(number, branch.kind(), branch.address(), branch.length(), in, place, current, field);
        }
    }

    /// A site in a form that does nothing.
    void emptied(Instruction.Emptied emptied, long field, RelocationUse use, int symbol, long addend, int in) {
        Symbols symbols = scan.symbols();
        CurrentTarget current = CurrentTargets.of(emptied.outcome());
        long expected = symbols.place(symbol) + addend + scan.bias(FIELD);
        boolean pointer = emptied.kind() == SiteKind.POINTER_CALL || emptied.kind() == SiteKind.POINTER_JUMP;
        int number = switch (symbols.kind(symbol)) {
            case Symbols.UNDEFINED, Symbols.UNDEFINED_OBJECT -> scan.catalogue().undefined(symbol);
            case Symbols.FUNCTION, Symbols.LABEL ->
                expected == symbols.place(symbol) ? scan.catalogue().function(symbol) : scan.functionAt(expected);
            case Symbols.SECTION ->
                pointer && !scan.regions().isExecutable(expected) ? pointers.at(expected) : scan.functionAt(expected);
            case Symbols.OBJECT -> scan.catalogue().pointer(symbol, expected - symbols.place(symbol));
            default -> Catalogue.NONE;
        };
        if (number == Catalogue.NONE) {
            scan.rejects().addUnnamed(Rejects.Why.ELSEWHERE, expected, field);
        } else if (!pointer) {
            patched(number, emptied.kind(), emptied.address(), emptied.length(), in, expected, current, field);
        } else {
            boolean isPointer = scan.catalogue().kind(number) == Catalogue.Kind.POINTER;
            long slot = isPointer ? expected : slot(number);
            if (slot == 0) {
                scan.rejects().add(Rejects.Why.ELSEWHERE, number, field);
            } else {
                scan.sites().add(number, emptied.kind(), emptied.address(), emptied.length(), in, slot, current);
            }
        }
    }

    /// A direct call that stands where a call through a pointer stood: `67 e8` for `ff 15`, `e9 .. 90` for `ff
    /// 25`.
    ///
    /// @param symbol of the variable that the relocation names, or [Variables#NONE]
    private boolean wasPointer(Code code, Instruction.Branch branch, long field, int symbol, long slot, int in) {
        if (scan.isRelocatable() || symbol == Variables.NONE || !wasPointerForm(code, branch, field)) {
            return false;
        }
        CurrentTarget current = scan.currentAt(branch.destination());
        int number = scan.catalogue().pointer(symbol, slot - scan.symbols().place(symbol));
        if (current == null || number == Catalogue.NONE) {
            return false;
        }
        scan.sites().add(number, pointerKind(branch.kind()), field - 2, branch.length() + 1, in, slot, current);
        return true;
    }

    private static boolean wasPointerForm(Code code, Instruction.Branch branch, long field) {
        return switch (branch.kind()) {
            case CALL -> branch.address() == field - 1 && code.contains(field - 2, 1) && code.u8(field - 2) == ADDR32;
            case JUMP -> branch.address() == field - 2;
            case CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP, ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> false;
        };
    }

    private static SiteKind pointerKind(SiteKind direct) {
        return direct == SiteKind.CALL ? SiteKind.POINTER_CALL : SiteKind.POINTER_JUMP;
    }

    /// Whether a place is a function's entry in a linkage table, or a veneer of the linker before it or the
    /// function.
    private boolean isLinkedTo(long destination, int number, long place) {
        int word = scan.linkage().wordBehind(destination);
        if (word != Linkage.NONE) {
            return scan.linkage().leadsTo(word, number, place);
        }
        int region = scan.regions().at(destination);
        if (region == Regions.NONE || !scan.regions().get(region).executable() || isNamed(destination)) {
            return false;
        }
        @Nullable
        Long behind = scan.architecture().veneerDestination(scan.regions().code(region), destination);
        if (behind == null) {
            return false;
        }
        if (behind == place && place != 0) {
            return true;
        }
        int linked = scan.linkage().wordBehind(behind);
        return linked != Linkage.NONE && scan.linkage().leadsTo(linked, number, place);
    }

    /// Whether a function starts at a place that is no veneer by its name. One that only jumps on looks like a
    /// veneer.
    private boolean isNamed(long place) {
        int group = scan.functions().startingAt(place);
        if (group == Functions.NONE) {
            return false;
        }
        String name = scan.names().name(scan.functions().symbol(group, 0));
        return !name.endsWith("_veneer") && name.indexOf("Thunk_") < 0;
    }

    private boolean isImport(int number) {
        return scan.catalogue().kind(number) == Catalogue.Kind.IMPORT;
    }

    /// The place of a function's slot, or 0.
    private long slot(int number) {
        int word = scan.linkage().slotOf(number);
        return word == Linkage.NONE ? 0 : scan.words().place(word);
    }

    private void patched(
            int number, SiteKind kind, long at, int length, int in, long place, CurrentTarget current, long field) {
        long entry = scan.linkage().entryOf(number);
        long lead = entry != 0 ? entry : place;
        if (lead == 0 || scan.catalogue().kind(number) == Catalogue.Kind.MISSING) {
            scan.rejects().add(Rejects.Why.ELSEWHERE, number, field);
        } else {
            scan.sites().add(number, kind, at, length, in, lead, current);
        }
    }
}
