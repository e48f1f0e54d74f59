package dev.repoint.linux.process;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.dwarf.FunctionType;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.type.DebugTypes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compares the types of defaults and targets, if debug information shows both.
final class Signatures {

    private final DebugTypes known = new DebugTypes(DebugFiles.usual());

    /// Refuses a target of another type than the default.
    ///
    /// @throws NativePatchException if the types of both are known and differ
    void require(ProcessModules modules, ProcessKeyResolver.Found key, ResolvedTarget target) {
        if (target.outcome() instanceof Outcome.Zero || target.outcome() instanceof Outcome.Nothing) {
            requireResult(modules, key, target.outcome() instanceof Outcome.Zero);
        }
        if (target.outcome() instanceof Outcome.To(long address)) {
            modules.containing(address)
                    .ifPresent(module -> ProcessKeyResolver.functionAt(module, address)
                            .ifPresent(symbol -> compare(
                                    key,
                                    byDefault(modules, key),
                                    type(module.file(), symbol.name(), symbol.sourceFile()),
                                    target.text())));
        }
    }

    /// The same for a function of a library that is not loaded yet.
    void require(ProcessModules modules, ProcessKeyResolver.Found key, ElfFile library, String function) {
        compare(key, byDefault(modules, key), type(library, function, ""), function);
    }

    private static void compare(
            ProcessKeyResolver.Found key, Optional<FunctionType> from, Optional<FunctionType> to, String target) {
        if (from.isPresent() && to.isPresent() && !from.get().equals(to.get())) {
            throw ProcessRefusal.of(
                    key.text(),
                    "is of type " + from.get() + " and the target " + target
                            + " of type " + to.get()
                            + "; calls would pass or return values that the other does not expect"
                            + " (use --force to set it anyway)");
        }
    }

    /// `zero` is the integer 0, and what never returns is not to come back.
    private void requireResult(ProcessModules modules, ProcessKeyResolver.Found key, boolean isZero) {
        DebugTypes.Function of = definition(modules, key);
        if (of != null) {
            (isZero ? known.zero(of) : known.nothing(of)).ifPresent(reason -> {
                throw ProcessRefusal.of(key.text(), reason + " (use --force to set it anyway)");
            });
        }
    }

    /// What is not known of the types of a change; empty if it is, or there is nothing to know.
    ///
    /// @param target as it was written
    Optional<String> unknown(ProcessModules modules, ProcessKeyResolver.Found key, ResolvedTarget target) {
        if (key.row().kind() != PatchableKind.FUNCTION
                || target.isDefault()
                || target.outcome() instanceof Outcome.Nothing
                || byDefault(modules, key).isPresent() && isKnown(modules, target)) {
            return Optional.empty();
        }
        return Optional.of(
                target.outcome() instanceof Outcome.Zero
                        ? "the type of its result is not known; zero is the integer 0"
                        : "it is not known whether " + target.text() + " is of its type");
    }

    private boolean isKnown(ProcessModules modules, ResolvedTarget target) {
        return !(target.outcome() instanceof Outcome.To(long address))
                || modules.containing(address)
                        .flatMap(module -> ProcessKeyResolver.functionAt(module, address)
                                .flatMap(symbol -> type(module.file(), symbol.name(), symbol.sourceFile())))
                        .isPresent();
    }

    private static DebugTypes.@Nullable Function definition(ProcessModules modules, ProcessKeyResolver.Found key) {
        String name = key.row().key().symbol();
        if (key.row().kind() != PatchableKind.FUNCTION) {
            return null;
        }
        if (key.row().address().value() != 0) {
            return new DebugTypes.Function(
                    key.module().file(), name, key.row().key().file());
        }
        Namespaces.Exported exported = modules.namespaces()
                .find(key.module(), key.row().key().symbol(), key.row().key().version());
        return exported == null
                ? null
                : new DebugTypes.Function(exported.module().file(), name, "");
    }

    private Optional<FunctionType> byDefault(ProcessModules modules, ProcessKeyResolver.Found key) {
        String name = key.row().key().symbol();
        if (key.row().kind() != PatchableKind.FUNCTION) {
            return Optional.empty();
        }
        if (key.row().address().value() != 0) {
            return type(key.module().file(), name, key.row().key().file());
        }
        Namespaces.Exported exported =
                modules.namespaces().find(key.module(), name, key.row().key().version());
        if (exported == null) {
            return Optional.empty();
        }
        // Other names of the function may be what its debug information has.
        Optional<FunctionType> found = type(exported.module().file(), name, "");
        return found.isPresent()
                ? found
                : ProcessKeyResolver.functionAt(exported.module(), exported.address())
                        .map(Symbol::name)
                        .flatMap(each -> type(exported.module().file(), each, ""));
    }

    private Optional<FunctionType> type(ElfFile file, String name, String sourceFile) {
        return known.of(new DebugTypes.Function(file, name, sourceFile));
    }
}
