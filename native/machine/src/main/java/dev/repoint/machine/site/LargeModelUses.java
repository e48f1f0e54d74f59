package dev.repoint.machine.site;

import dev.repoint.machine.instruction.RelocationUse;
import dev.repoint.machine.instruction.SiteKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Reports code for the large model of x86-64 (psABI 3.5, "Large position independent code model"): it
/// computes an address from a distance of 64 bits, over several instructions that the compiler may have put
/// anywhere.
///
/// | | the distance goes to | follows a patch |
/// | --- | --- | --- |
/// | `PLTOFF64` | the function's entry in the procedure linkage table, or the function | of an import that nothing calls directly: its entry or slot changes then |
/// | `GOTOFF64` | the function, its entry, or a variable | as well |
/// | `GOT64`, `GOTPLT64`, `GOTPCREL64` | the slot of either | where the slot is a site |
///
/// None is a site: those that do not follow are rejections of what they name. All of them are judged at the
/// end, when slots and pointers are known.
final class LargeModelUses {

    /// A use.
    private record Use(RelocationUse use, long field, int symbol, long place) {}

    private final ScanContext scan;
    private final List<Use> uses = new ArrayList<>();
    private final BitSet branched = new BitSet();
    private final BitSet slotted = new BitSet();

    LargeModelUses(ScanContext scan) {
        this.scan = scan;
    }

    /// Keeps a use that a relocation names.
    void use(RelocationUse use, long field, int symbol, long addend) {
        uses.add(new Use(use, field, symbol, scan.symbols().place(symbol) + addend));
    }

    /// Rejects those that do not follow.
    void finish() {
        if (uses.isEmpty()) {
            return;
        }
        for (int i = 0; i < scan.sites().count(); i++) {
            int kind = scan.sites().kind(i);
            if (kind == SiteKind.GOT_SLOT.ordinal()) {
                slotted.set(scan.sites().owner(i));
            }
            if (kind <= SiteKind.CONDITIONAL_JUMP.ordinal()) {
                branched.set(scan.sites().owner(i));
            }
        }
        for (Use each : uses) {
            int number = number(each);
            if (number != Catalogue.NONE && !follows(each.use, number)) {
                scan.rejects().add(Rejects.Why.FAR, number, each.field);
            }
        }
    }

    private boolean follows(RelocationUse use, int number) {
        if (!slotted.get(number)) {
            return false;
        }
        boolean isImport = scan.catalogue().kind(number) == Catalogue.Kind.IMPORT;
        return use == RelocationUse.FAR_SLOT || isImport && !branched.get(number);
    }

    /// The number of the function or pointer that a use is about, or [Catalogue#NONE].
    private int number(Use use) {
        Catalogue catalogue = scan.catalogue();
        int symbol = use.symbol;
        return switch (scan.symbols().kind(symbol)) {
            case Symbols.FUNCTION -> catalogue.function(symbol);
            case Symbols.LABEL -> scan.functionAt(use.place);
            case Symbols.UNDEFINED, Symbols.UNDEFINED_OBJECT -> undefined(use);
            case Symbols.SECTION -> {
                if (scan.regions().isExecutable(use.place)) {
                    yield scan.functionAt(use.place);
                }
                int variable = scan.variables().containing(use.place);
                yield variable == Variables.NONE ? Catalogue.NONE : pointer(variable, use.place);
            }
            case Symbols.OBJECT, Symbols.COMMON -> pointer(symbol, use.place);
            default -> Catalogue.NONE;
        };
    }

    /// What is called is a function; what is used otherwise may be a variable.
    private int undefined(Use use) {
        Catalogue catalogue = scan.catalogue();
        if (use.use == RelocationUse.FAR_BRANCH) {
            return catalogue.undefined(use.symbol);
        }
        if (scan.isRelocatable()) {
            return catalogue.knownExternal(use.symbol);
        }
        int number = catalogue.undefined(use.symbol);
        boolean isFunction =
                catalogue.kind(number) == Catalogue.Kind.IMPORT && catalogue.mayBeFunction(catalogue.symbol(number));
        return isFunction ? number : Catalogue.NONE;
    }

    private int pointer(int variable, long place) {
        return scan.catalogue().knownPointer(variable, place - scan.symbols().place(variable));
    }
}
