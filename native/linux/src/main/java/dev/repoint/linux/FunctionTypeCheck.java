package dev.repoint.linux;

import dev.repoint.elf.dwarf.FunctionType;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.type.DebugTypes;
import java.util.Optional;

/// Compares the types of functions with those of their targets, as far as there is debug information.
/// Guarded by the lock of [NativeRegistry].
final class FunctionTypeCheck {

    private final LoadedFiles files;
    private final DebugTypes types = new DebugTypes(DebugFiles.usual());

    FunctionTypeCheck(LoadedFiles files) {
        this.files = files;
    }

    /// Refuses a target that does not fit. It does not check an address or a method of Java: the caller
    /// answers for its type.
    ///
    /// @throws NativePatchException if the types of both are known and differ
    void require(LiveRow<LoadedModule> row, NativeTarget target, ResolvedTarget resolved) {
        if (row.row().kind() != PatchableKind.FUNCTION) {
            return;
        }
        switch (target) {
            case NativeTarget.Zero() -> refuse(row, byDefault(row).flatMap(types::zero));
            case NativeTarget.Nothing() -> refuse(row, byDefault(row).flatMap(types::nothing));
            case NativeTarget.Symbol(String name)
            when resolved.outcome() instanceof Outcome.To(long address) ->
                compare(row, name, at(address, NativeKey.parse(name)));
            case NativeTarget.Symbol symbol -> {}
            case NativeTarget.Default() -> {}
            case NativeTarget.Null isNull -> {}
            case NativeTarget.Code code -> {}
            case NativeTarget.Java java -> {}
            case NativeTarget.Around around -> {}
        }
    }

    private void compare(LiveRow<LoadedModule> row, String name, Optional<DebugTypes.Function> target) {
        Optional<FunctionType> from = byDefault(row).flatMap(types::of);
        Optional<FunctionType> to = target.flatMap(types::of);
        if (from.isPresent() && to.isPresent() && !from.get().equals(to.get())) {
            refuse(
                    row,
                    Optional.of("is of type " + from.get() + " and the target " + name + " of type " + to.get()
                            + "; calls would pass or return values that the other does not expect (NativeTarget.code"
                            + " takes its address all the same)"));
        }
    }

    private static void refuse(LiveRow<LoadedModule> row, Optional<String> reason) {
        reason.ifPresent(text -> {
            throw NativePatchException.of(row.key(), text);
        });
    }

    private Optional<DebugTypes.Function> byDefault(LiveRow<LoadedModule> row) {
        NativeKey key = row.row().key();
        return row.row().address().value() == 0
                ? at(Loader.symbol(Loader.EVERYWHERE, key.symbol(), key.version()), key)
                : Optional.of(new DebugTypes.Function(row.module().file(), key.symbol(), key.file()));
    }

    /// The function of a name at an address.
    private Optional<DebugTypes.Function> at(long address, NativeKey key) {
        try {
            Optional<Loader.Loaded> module = files.containing(address);
            return module.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new DebugTypes.Function(files.open(module.get()).file(), key.symbol(), key.file()));
        } catch (NativePatchException e) {
            return Optional.empty(); // its file was replaced, so it shows nothing
        }
    }
}
