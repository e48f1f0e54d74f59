package dev.repoint.elf.function;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/// All functions of a linked file that anything tells of, by their address. Immutable.
///
/// 1. The symbols of the file itself: `.dynsym`, `.symtab`.
/// 2. If it is stripped, the symbols that `.gnu_debugdata` has, and those of a [debug file][DebugFiles].
/// 3. The unwind entries: they give sizes, and functions without a name.
public final class FunctionTable {

    private final NavigableMap<Address, NativeFunction> functions;
    private final Map<String, List<NativeFunction>> byName = new HashMap<>();
    private final Optional<Path> debugFile;
    private final List<String> refusals;
    private final List<SymbolTable> moreSymbols;

    private FunctionTable(FunctionCollector.Collected collected) {
        this.functions = collected.functions();
        this.moreSymbols = List.copyOf(collected.moreSymbols());
        this.debugFile = collected.debugFile();
        this.refusals = List.copyOf(collected.refusals());
        for (NativeFunction each : functions.values()) {
            for (FunctionName name : each.names()) {
                List<NativeFunction> same = byName.computeIfAbsent(name.symbol(), _ -> new ArrayList<>(1));
                if (!same.contains(each)) {
                    same.add(each);
                }
            }
        }
    }

    /// The functions of a file.
    ///
    /// @param file   linked; a relocatable file has none
    /// @param search where debug files are looked for, if the file is stripped
    public static FunctionTable of(ElfFile file, DebugFiles search) {
        return new FunctionTable(new FunctionCollector(file).collect(search));
    }

    /// All of them, in the order of addresses.
    public List<NativeFunction> all() {
        return List.copyOf(functions.values());
    }

    /// Those with a name, whatever their versions and source files; none if there is no such name.
    public List<NativeFunction> named(String symbol) {
        return List.copyOf(byName.getOrDefault(symbol, List.of()));
    }

    /// The names of all functions.
    public Iterable<String> names() {
        return byName.keySet();
    }

    /// The one that starts at an address.
    public Optional<NativeFunction> at(Address address) {
        return Optional.ofNullable(functions.get(address));
    }

    /// The one that has the byte at an address: the last that starts before it.
    public Optional<NativeFunction> containing(Address address) {
        Map.Entry<Address, NativeFunction> below = functions.floorEntry(address);
        return below != null && below.getValue().contains(address) ? Optional.of(below.getValue()) : Optional.empty();
    }

    /// The first one that starts behind an address.
    public Optional<NativeFunction> after(Address address) {
        Map.Entry<Address, NativeFunction> above = functions.higherEntry(address);
        return above == null ? Optional.empty() : Optional.of(above.getValue());
    }

    /// The debug file that gave names; empty if none did.
    public Optional<Path> debugFile() {
        return debugFile;
    }

    /// The tables that are not the file's own: compressed ones, and that of the debug file.
    public List<SymbolTable> moreSymbols() {
        return moreSymbols;
    }

    /// Why debug files that were found are not used, one line each: the file, and what does not match.
    public List<String> refusals() {
        return refusals;
    }
}
