package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.call.Loader;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.module.UniqueDefinition;
import dev.repoint.linux.row.LiveRow;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.SiteTable;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Finds out what a target is: the address behind a name, the code behind a method of Java. What it finds stays
/// loaded. Guarded by the lock of [NativeRegistry].
final class NativeTargetResolver {

    private final LoadedFiles files;
    private final UpcallStubs stubs = new UpcallStubs();
    private final UpcallGuards guards = new UpcallGuards();
    private final Set<Long> pinned = new HashSet<>();

    NativeTargetResolver(LoadedFiles files) {
        this.files = files;
    }

    /// @param point whose target it is
    /// @throws NativePatchException if there is no such target
    ResolvedTarget of(NativeTarget target, NativePoint point) {
        LiveRow<LoadedModule> row = point.row();
        return switch (target) {
            case NativeTarget.Default() -> ResolvedTarget.DEFAULT;
            case NativeTarget.Null(String text) -> {
                if (row.row().kind() != PatchableKind.POINTER) {
                    throw NativePatchException.of(row.key(), "only a pointer can be null, and this is a function");
                }
                yield ResolvedTarget.nullPointer(text);
            }
            case NativeTarget.Nothing() -> ResolvedTarget.of(new Outcome.Nothing(), target.text());
            case NativeTarget.Zero() -> ResolvedTarget.of(new Outcome.Zero(), target.text());
            case NativeTarget.Code(long address) -> {
                pin(address, row.module(), row.key());
                yield within(row.module(), address, target.text());
            }
            case NativeTarget.Java(MethodHandle method, FunctionDescriptor type) ->
                stub(target, row, method, type, () -> guarded(stubs.of(method, type), point));
            case NativeTarget.Around(MethodHandle method, FunctionDescriptor type) -> {
                long original = NativeDefault.address(point);
                pin(original, row.module(), row.key());
                yield stub(target, row, method, type, () -> guarded(stubs.around(method, type, original), point));
            }
            case NativeTarget.Symbol(String name)
            when name.equals(row.row().key().text()) ->
                throw NativePatchException.of(
                        row.key(), "the target is the patchable itself; reset it to give back its default");
            case NativeTarget.Symbol(String name) -> symbol(name, row.module(), row.key());
        };
    }

    /// Everybody may call a function that is patched at its entry, also the JVM itself.
    private long guarded(long stub, NativePoint point) {
        LiveEntry entry = point.entry();
        if (entry == null) {
            return stub;
        }
        try {
            return guards.of(stub, entry.code().copy());
        } catch (CallFailedException e) {
            throw NativePatchException.because(point.row().key(), "", "a method of Java cannot be its target", e);
        }
    }

    private static ResolvedTarget stub(
            NativeTarget target,
            LiveRow<LoadedModule> row,
            MethodHandle method,
            FunctionDescriptor type,
            LongSupplier stub) {
        try {
            return ResolvedTarget.of(new Outcome.To(stub.getAsLong()), target.text());
        } catch (IllegalArgumentException e) {
            throw NativePatchException.because(
                    row.key(), "", "a method of type " + method.type() + " is no target of type " + type, e);
        }
    }

    /// A function by its name: of the module, else as the loader finds it.
    ///
    /// @param patchable for messages
    /// @throws NativePatchException if there is none
    ResolvedTarget symbol(String name, LoadedModule module, String patchable) {
        NativeKey key = meant(module, NativeKey.parse(name), patchable);
        Map<Long, Symbol> defined = new TreeMap<>();
        for (SymbolTable symbols :
                List.of(module.file().symbols(), module.file().dynamicSymbols())) {
            for (Symbol symbol : symbols.named(key.symbol())) {
                boolean isMeant = symbols.isInSection(symbol.index())
                        && (key.version().isEmpty() || symbol.version().equals(key.version()))
                        && (key.file().isEmpty() || symbol.sourceFile().equals(key.file()));
                if (isMeant) {
                    defined.putIfAbsent(symbol.value().value(), symbol);
                }
            }
        }
        for (Symbol symbol : UniqueDefinition.of(
                module.file(),
                defined,
                key,
                name,
                module.name(),
                reason -> NativePatchException.of(patchable, reason))) {
            if (symbol.type() != SymbolType.INDIRECT_FUNCTION) {
                long address = module.at(symbol.value());
                if (symbol.type() == SymbolType.OBJECT || !module.containsCode(address)) {
                    throw NativePatchException.of(patchable, "the target " + name + " is a variable, not a function");
                }
                return ResolvedTarget.function(address, symbol.size(), name);
            }
        }
        Patchable function = defined.isEmpty() ? files.table(module).find(key).orElse(null) : null;
        if (function != null
                && function.kind() == PatchableKind.FUNCTION
                && function.address().value() != 0) {
            return ResolvedTarget.function(module.at(function.address()), function.size(), name);
        }
        // What was preloaded comes before what the module needs, as for its own calls.
        boolean isAny = key.version().isEmpty();
        boolean isOwn = isAny && !defined.isEmpty();
        long address = isOwn ? 0 : Loader.symbol(Loader.EVERYWHERE, key.symbol(), key.version());
        if (address == 0 && isAny) {
            address = module.symbol(key.symbol());
        }
        if (address == 0) {
            throw NativePatchException.of(
                    patchable,
                    defined.isEmpty()
                            ? "there is no function " + name + " in " + module.name()
                                    + " or in what the loader finds for it"
                                    + NearNames.question(name, functions(files.table(module)))
                            : "the target " + name
                                    + " is an indirect function (STT_GNU_IFUNC) that is not exported: it only"
                                    + " chooses the function to call; name one of those that it chooses from");
        }
        pin(address, module, patchable);
        return within(module, address, name);
    }

    /// What a written key means in a module.
    static NativeKey meant(LoadedModule module, NativeKey written, String patchable) {
        List<NativeKey> meant = KeyResolver.of(module.file(), null, written);
        if (meant.size() > 1) {
            throw NativePatchException.of(patchable, written + " " + KeyResolver.several(meant));
        }
        return meant.getFirst();
    }

    /// Code at an address, with the extent of its function if it is one of a module's.
    private ResolvedTarget within(LoadedModule asking, long address, String text) {
        LoadedModule module = asking.containsCode(address) ? asking : containing(address);
        if (module != null && module.containsCode(address)) {
            Address place = new Address(address - module.bias());
            for (SymbolTable symbols :
                    List.of(module.file().symbols(), module.file().dynamicSymbols())) {
                for (int i = 1; i < symbols.size(); i++) {
                    boolean isIt = symbols.value(i) == place.value()
                            && symbols.isInSection(i)
                            && symbols.type(i).isFunction();
                    if (isIt) {
                        return ResolvedTarget.function(address, symbols.size(i), text);
                    }
                }
            }
        }
        return ResolvedTarget.of(new Outcome.To(address), text);
    }

    /// The module that has an address; null if its file is not the one that was loaded.
    private @Nullable LoadedModule containing(long address) {
        try {
            return files.containing(address).map(files::open).orElse(null);
        } catch (NativePatchException e) {
            return null;
        }
    }

    private static List<String> functions(SiteTable table) {
        List<String> names = new ArrayList<>();
        for (Patchable each : table.patchables()) {
            if (each.kind() == PatchableKind.FUNCTION) {
                names.add(each.key().text());
            }
        }
        return names;
    }

    /// The library that holds a target must not go.
    private void pin(long address, LoadedModule module, String patchable) {
        if (module.contains(address) || !pinned.add(address)) {
            return;
        }
        try {
            files.containing(address)
                    .filter(each -> !each.name().isEmpty())
                    .ifPresent(each -> Loader.open(each.name(), Loader.NOW | Loader.NOLOAD | Loader.NODELETE));
        } catch (CallFailedException e) {
            pinned.remove(address);
            throw NativePatchException.because(patchable, "", "the library of the target cannot be kept loaded", e);
        }
    }
}
