package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionName;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.linux.module.ChosenFunctions;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.function.FunctionResolver;
import dev.repoint.machine.site.NativeKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds functions of this process that can be patched at their entries. Guarded by the lock of [NativeRegistry].
final class Entries {

    private final Map<LoadedModule, File> known = new HashMap<>();

    /// What is known of a module.
    private record File(EntryModule module, EntryPlanner planner, FunctionTable table, FunctionResolver functions) {}

    /// A function, and what can be done with it.
    record Found(NativeKey key, NativeFunction function, EntryVerdict verdict) {}

    /// A function by its name, or its address in the module.
    ///
    /// @return empty if the module has no such function
    /// @throws NativePatchException if there are several, or the file cannot be read
    Optional<Found> find(LoadedModule module, NativeKey key, String patchable) {
        try {
            File file = file(module);
            List<NativeFunction> meant = file.functions.of(key);
            if (meant.isEmpty()) {
                return Optional.empty();
            }
            if (meant.size() > 1) {
                throw NativePatchException.of(patchable, file.functions.several(meant));
            }
            NativeFunction function = meant.getFirst();
            EntryVerdict verdict = file.planner.judge(function.address().value());
            return Optional.of(
                    new Found(file.functions.keyOf(function), function, chosen(module, file, function, verdict)));
        } catch (ElfException e) {
            throw NativePatchException.because(patchable, "", e);
        }
    }

    /// The verdict on an indirect function names the one that it has chosen.
    private static EntryVerdict chosen(LoadedModule module, File file, NativeFunction function, EntryVerdict verdict) {
        if (!(verdict instanceof EntryVerdict.Refused refused && refused.isIndirect())) {
            return verdict;
        }
        long address = 0;
        for (FunctionName each : function.names()) {
            address = address == 0 ? module.symbol(each.symbol()) : address;
        }
        if (!module.containsCode(address)) {
            address = ChosenFunctions.in(module, module, module.at(function.address()), refused.names());
        }
        if (address == 0) {
            return verdict;
        }
        Address place = new Address(address - module.bias());
        return refused.withChosen(file.table
                .at(place)
                .filter(each -> !each.isNameless())
                .map(each -> file.functions.text(file.functions.keyOf(each)))
                .orElse(module.name() + "+" + place));
    }

    /// Why a module has no function of a name.
    String missing(LoadedModule module, NativeKey key, String patchable) {
        try {
            return file(module).functions.missing(key);
        } catch (ElfException e) {
            throw NativePatchException.because(patchable, "", e);
        }
    }

    /// The entry of a function that can be patched there.
    LiveEntry of(LoadedModule module, EntryVerdict.Accepted verdict, String patchable) {
        try {
            return new LiveEntry(module, file(module).module, verdict, patchable);
        } catch (ElfException e) {
            throw NativePatchException.because(patchable, "", e);
        }
    }

    private File file(LoadedModule module) throws ElfException {
        File found = known.get(module);
        if (found == null) {
            ElfFile elf = module.file();
            FunctionTable functions = FunctionTable.of(elf, DebugFiles.usual());
            EntryModule entries = EntryModule.of(elf, functions.moreSymbols());
            found = new File(entries, new EntryPlanner(entries), functions, FunctionResolver.of(elf, functions));
            known.put(module, found);
        }
        return found;
    }
}
