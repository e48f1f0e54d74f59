package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.ElfType;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Outcome;
import org.jspecify.annotations.Nullable;

/// What all parts of collecting share: the file in columns, and where they put what they find. Used by one
/// thread.
record ScanContext(
        ElfFile file,
        Architecture architecture,
        Regions regions,
        Symbols symbols,
        Declarations declarations,
        Functions functions,
        Variables variables,
        DynamicWords words,
        KeyNames names,
        Catalogue catalogue,
        Linkage linkage,
        SiteSink sites,
        Rejects rejects) {

    static ScanContext of(ElfFile file, Architecture architecture) {
        Regions regions = Regions.of(file);
        Symbols symbols = Symbols.of(file, regions);
        Declarations declarations = Declarations.of(file);
        Functions functions = Functions.of(symbols, regions);
        DynamicWords words = DynamicWords.of(file, architecture, regions);
        KeyNames names = KeyNames.of(symbols, file.type() == ElfType.SHARED && !file.isPie());
        Catalogue catalogue = new Catalogue(file, symbols, regions.isRelocatable(), names, words);
        Linkage linkage = new Linkage(
                architecture,
                regions,
                symbols,
                functions,
                declarations,
                words,
                catalogue,
                names,
                file.dynamicSymbols());
        return new ScanContext(
                file,
                architecture,
                regions,
                symbols,
                declarations,
                functions,
                Variables.of(symbols),
                words,
                names,
                catalogue,
                linkage,
                new SiteSink(),
                new Rejects(catalogue, regions));
    }

    boolean isRelocatable() {
        return regions.isRelocatable();
    }

    /// What a relocation's addend lacks of the distance from its symbol: displacements of x86-64 count from the
    /// end of the instruction, and the addend makes up for that.
    ///
    /// @param behind how many bytes there are from the field to the end of the instruction
    long bias(long behind) {
        return file.machine() == ElfMachine.X86_64 ? behind : 0;
    }

    /// The number of the function that starts at a place, where no relocation names it; or [Catalogue#NONE].
    int functionAt(long place) {
        int group = functions.startingAt(place);
        return group == Functions.NONE
                ? Catalogue.NONE
                : catalogue.function(functions.nameOf(group, true, declarations));
    }

    /// The current target of a branch that goes to another place than its default; null if no function, linkage entry or
    /// veneer is there.
    @Nullable
    CurrentTarget currentAt(long place) {
        int region = regions.at(place);
        if (region == Regions.NONE || !regions.get(region).executable()) {
            return null;
        }
        Code code = regions.code(region);
        Outcome outcome = architecture.veneerOutcome(code, place);
        if (outcome != null) {
            return CurrentTargets.of(outcome);
        }
        CurrentTarget known = knownAt(place);
        if (known != null) {
            return known;
        }
        Long destination = architecture.veneerDestination(code, place);
        return destination == null ? null : knownAt(destination);
    }

    private @Nullable CurrentTarget knownAt(long place) {
        int group = functions.startingAt(place);
        if (group != Functions.NONE) {
            return CurrentTargets.function(nameOf(group), place);
        }
        int word = linkage.wordBehind(place);
        int owner = word == Linkage.NONE ? Catalogue.NONE : linkage.ownerOf(word);
        return owner == Catalogue.NONE
                ? null
                : CurrentTargets.function(catalogue.key(owner).text(), place);
    }

    /// What reports call the function at an address that has several names: of the keys that are no hooks the
    /// first one. A [table that was read][TableBinding] gives the same.
    private String nameOf(int group) {
        NativeKey best = null;
        boolean bestIsHook = true;
        for (int i = 0; i < functions.names(group); i++) {
            int symbol = functions.symbol(group, i);
            boolean hook = declarations.isHook(names.name(symbol));
            NativeKey key = names.key(symbol);
            if (best == null || bestIsHook && !hook || bestIsHook == hook && key.compareTo(best) < 0) {
                best = key;
                bestIsHook = hook;
            }
        }
        return best == null ? "" : best.text();
    }
}
