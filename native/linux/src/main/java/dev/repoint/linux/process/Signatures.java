package dev.repoint.linux.process;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.dwarf.FunctionType;
import dev.repoint.elf.dwarf.FunctionTypes;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.row.Resolved;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.PatchableKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Compares the types of defaults and targets, where debug information tells both.
final class Signatures {

    private final Map<ElfFile, Optional<FunctionTypes>> known = new HashMap<>();

    /// Refuses a target of another type than the default.
    ///
    /// @throws NativePatchException if the types of both are known and differ
    void require(ProcessModules modules, ProcessKeys.Found key, Resolved target) {
        if (target.outcome() instanceof Outcome.To(long address)) {
            modules.containing(address).ifPresent(module -> ProcessKeys.functionAt(module, address)
                    .ifPresent(symbol -> compare(key, byDefault(modules, key),
                            type(module.file(), symbol.name(), symbol.sourceFile()), target.text())));
        }
    }

    /// The same for a function of a library that is not loaded yet.
    void require(ProcessModules modules, ProcessKeys.Found key, ElfFile library, String function) {
        compare(key, byDefault(modules, key), type(library, function, ""), function);
    }

    private static void compare(ProcessKeys.Found key, Optional<FunctionType> from, Optional<FunctionType> to,
            String target) {
        if (from.isPresent() && to.isPresent() && !from.get().equals(to.get())) {
            throw NativePatchException.of(key.text(), "is of type " + from.get() + " and the target " + target
                    + " of type " + to.get() + "; calls would pass or return what the other does not expect"
                    + " (--force does it all the same)");
        }
    }

    private Optional<FunctionType> byDefault(ProcessModules modules, ProcessKeys.Found key) {
        String name = key.row().key().symbol();
        if (key.row().kind() != PatchableKind.FUNCTION) {
            return Optional.empty();
        }
        if (key.row().address().value() != 0) {
            return type(key.module().file(), name, key.row().key().file());
        }
        ProcessModules.Exported exported = modules.exported(name);
        if (exported == null) {
            return Optional.empty();
        }
        // Other names of the function may be what its debug information has.
        Optional<FunctionType> found = type(exported.module().file(), name, "");
        return found.isPresent() ? found
                : ProcessKeys.functionAt(exported.module(), exported.address())
                        .map(Symbol::name)
                        .flatMap(each -> type(exported.module().file(), each, ""));
    }

    private Optional<FunctionType> type(ElfFile file, String name, String sourceFile) {
        try {
            Optional<FunctionTypes> types = known.get(file);
            if (types == null) {
                types = file.section(".debug_info").isEmpty() ? Optional.empty() : Optional.of(FunctionTypes.of(file));
                known.put(file, types);
            }
            return types.isEmpty() ? Optional.empty() : types.get().of(name, sourceFile);
        } catch (ElfFormatException e) {
            known.put(file, Optional.empty()); // what cannot be read tells no type
            return Optional.empty();
        }
    }
}
