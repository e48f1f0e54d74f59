package dev.repoint.linux;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.elf.function.FunctionTable;
import dev.repoint.elf.function.NativeFunction;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.function.FunctionResolver;
import dev.repoint.machine.site.NativeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds functions of this process that can be patched at their entries. Guarded by the lock of [NativeRegistry].
final class Entries {

    private final Map<LoadedModule, File> known = new HashMap<>();

    /// What is known of a module.
    private record File(EntryModule module, EntryPlanner planner, FunctionResolver functions) {}

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
            return Optional.of(new Found(
                    file.functions.keyOf(function),
                    function,
                    file.planner.judge(function.address().value())));
        } catch (ElfException e) {
            throw NativePatchException.because(patchable, "", e);
        }
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
            List<SymbolTable> more = new ArrayList<>();
            DebugFiles.usual().find(elf).file().ifPresent(debug -> more.add(debug.symbols()));
            EntryModule entries = EntryModule.of(elf, more);
            found = new File(
                    entries,
                    new EntryPlanner(entries),
                    FunctionResolver.of(elf, FunctionTable.of(elf, DebugFiles.usual())));
            known.put(module, found);
        }
        return found;
    }
}
