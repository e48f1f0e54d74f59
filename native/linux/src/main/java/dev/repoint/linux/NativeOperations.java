package dev.repoint.linux;

import dev.repoint.elf.Address;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// A table of operations: a variable whose members are pointers to functions. You redirect them together.
///
/// {@snippet :
/// NativeModule.find("libclock.so").operations("timer").set("stopped");
/// }
///
/// Thread-safe.
public final class NativeOperations {

    private final LoadedModule module;
    private final Variable variable;

    /// A variable of the module.
    ///
    /// @param key     its offset is 0
    /// @param address as the file has it
    private record Variable(NativeKey key, Address address, long size) {}

    private NativeOperations(LoadedModule module, Variable variable) {
        this.module = module;
        this.variable = variable;
    }

    static NativeOperations of(LoadedModule module, String name) {
        return new NativeOperations(module, variable(module, name));
    }

    /// Its members: pointers that code calls through, or that hold a function from the start.
    public List<NativePatchable> members() {
        return members(offsets(variable));
    }

    /// Redirects all members to those of another variable of the same type, at one moment. A member that is null
    /// there becomes null.
    ///
    /// @param instance the name of that variable, in the same module
    /// @throws IllegalArgumentException if the name is no key
    /// @throws NativePatchException if there is no such variable, or it has another size
    public void set(String instance) {
        Variable other = variable(module, instance);
        if (other.size != variable.size) {
            throw NativePatchException.of(
                    key(),
                    "it has " + variable.size + " bytes and " + instance + " has " + other.size
                            + ", so they are not of one type");
        }
        SortedSet<Long> offsets = new TreeSet<>(offsets(variable));
        offsets.addAll(offsets(other));
        apply(offsets, offset -> {
            long value = NativeRegistry.all().files().word(module, other.address.plus(offset));
            String text = offset == 0 ? instance : instance + "+" + offset;
            return value == 0 ? new NativeTarget.Null(text) : new NativeTarget.Code(value);
        });
    }

    /// Gives all members their defaults again, at one moment.
    ///
    /// @throws NativePatchException if other code has changed a site meanwhile
    public void reset() {
        apply(offsets(variable), offset -> NativeTarget.byDefault());
    }

    /// Redirects all members to one target, at one moment.
    ///
    /// @param target such as [NativeTarget#zero]
    /// @throws NativePatchException if a member cannot be redirected
    public void setAll(NativeTarget target) {
        apply(offsets(variable), offset -> target);
    }

    private void apply(Set<Long> offsets, LongFunction<NativeTarget> targets) {
        if (offsets.isEmpty()) {
            throw NativePatchException.of(key(), "this variable holds no pointers to functions");
        }
        NativePatch patch = new NativePatch();
        for (NativePatchable each : members(offsets)) {
            patch.set(each, targets.apply(each.key().offset()));
        }
        patch.apply();
    }

    private List<NativePatchable> members(Set<Long> offsets) {
        SiteTable table = NativeRegistry.all().files().table(module);
        List<NativePatchable> members = new ArrayList<>();
        for (long offset : offsets) {
            NativeKey key = variable.key.at(offset);
            Patchable row = table.find(key)
                    .filter(each -> each.kind() == PatchableKind.POINTER)
                    .orElseGet(() -> Patchable.pointer(key, variable.address.plus(offset)));
            members.add(new NativePatchable(
                    NativeRegistry.all(), NativeRegistry.all().point(module, row)));
        }
        return members;
    }

    /// The offsets of pointers.
    private SortedSet<Long> offsets(Variable of) {
        SortedSet<Long> offsets = new TreeSet<>();
        for (Patchable each : NativeRegistry.all().files().table(module).patchables()) {
            if (each.kind() == PatchableKind.POINTER) {
                addIfInside(offsets, of, each.address());
            } else {
                for (Site site : each.sites()) {
                    if (site.kind() == SiteKind.DATA_POINTER) {
                        addIfInside(offsets, of, site.address());
                    }
                }
            }
        }
        return offsets;
    }

    private static void addIfInside(Set<Long> offsets, Variable variable, Address place) {
        long offset = place.value() - variable.address.value();
        if (offset >= 0 && offset <= variable.size - Long.BYTES) {
            offsets.add(offset);
        }
    }

    private static Variable variable(LoadedModule module, String name) {
        NativeKey key = NativeKey.parse(name).at(0);
        for (SymbolTable symbols :
                List.of(module.file().symbols(), module.file().dynamicSymbols())) {
            for (Symbol symbol : symbols.named(key.symbol())) {
                boolean isIt = symbol.type() == SymbolType.OBJECT
                        && symbol.isDefined()
                        && symbol.size() > 0
                        && (key.file().isEmpty() || symbol.sourceFile().equals(key.file()));
                if (isIt) {
                    return new Variable(key, symbol.value(), symbol.size());
                }
            }
        }
        throw NativePatchException.of(module.name() + ": " + name, "there is no variable of that name");
    }

    private String key() {
        return module.name() + ": " + variable.key;
    }
}
