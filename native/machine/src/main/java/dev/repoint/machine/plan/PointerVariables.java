package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The words of data that hold addresses of functions, and the variables that they lie in.
final class PointerVariables {

    private final ElfFile file;
    private final SiteTable table;
    private final NavigableMap<Long, Pointer> byAddress = new TreeMap<>();

    /// A word that the compiler gave the address of a function.
    ///
    /// @param function its default
    /// @param site     the word, as a site of that function
    record Pointer(NativeKey function, Site site) {}

    /// A variable of the file.
    record Variable(long address, long size) {}

    PointerVariables(ElfFile file, SiteTable table) {
        this.file = file;
        this.table = table;
        for (Patchable each : table.patchables()) {
            for (Site site : each.sites()) {
                if (site.kind() == SiteKind.DATA_POINTER && each.kind() == PatchableKind.FUNCTION) {
                    byAddress.putIfAbsent(site.address().value(), new Pointer(each.key(), site));
                }
            }
        }
    }

    /// The pointer at an address; null if the compiler put no address of a function there.
    @Nullable
    Pointer at(long address) {
        return byAddress.get(address);
    }

    /// All pointers in a variable, by address.
    SortedMap<Long, Pointer> in(Variable variable) {
        return byAddress.subMap(variable.address(), variable.address() + variable.size());
    }

    /// The variable of a name.
    ///
    /// @param key its offset does not matter
    /// @return null if the file has no variable of that name
    @Nullable
    Variable variable(NativeKey key) {
        for (SymbolTable symbols : List.of(file.symbols(), file.dynamicSymbols())) {
            for (Symbol symbol : symbols.named(key.symbol())) {
                boolean isMeant = (symbol.type() == SymbolType.OBJECT || symbol.type() == SymbolType.NONE)
                        && symbols.isInSection(symbol.index())
                        && (key.file().isEmpty() || symbol.sourceFile().equals(key.file()));
                if (isMeant && symbol.size() > 0) {
                    return new Variable(symbol.value().value(), symbol.size());
                }
            }
        }
        return stripped(key);
    }

    /// Where the file has lost its symbols, the table's rows reach as far as the last pointer does.
    private @Nullable Variable stripped(NativeKey key) {
        long address = 0;
        long size = 0;
        for (Patchable each : table.patchables()) {
            boolean isMember = each.kind() == PatchableKind.POINTER
                    && each.key().at(0).equals(key.at(0))
                    && !each.address().equals(new Address(0));
            if (isMember) {
                address = each.address().value() - each.key().offset();
                size = Math.max(size, each.key().offset() + Math.max(each.size(), RelocatedWords.SIZE));
            }
        }
        return size == 0 ? null : new Variable(address, size);
    }
}
