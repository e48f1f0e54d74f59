package dev.repoint.machine.site;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What may have sites: functions, imports and pointers, numbered as they are met.
final class Catalogue {

    /// What is given where there is nothing that may have sites.
    static final int NONE = -1;

    /// What an entry is.
    enum Kind {
        /// A function of the file; its symbol is one of [Symbols].
        FUNCTION,
        /// A function that the loader finds in another module; its symbol is one of the table for the loader.
        IMPORT,
        /// A function that the linker is to find in another file; its symbol is one of [Symbols].
        EXTERNAL,
        /// A word of a variable; its symbol is one of [Symbols].
        POINTER,
        /// A symbol that nothing defines; it has no sites.
        MISSING
    }

    private static final int UNKNOWN = -2;
    /// Greater distances from a symbol name no word of it.
    private static final long FARTHEST = Integer.MAX_VALUE;

    private final Symbols symbols;
    private final SymbolTable dynamicSymbols;
    private final boolean relocatable;
    private final KeyNames names;
    private final int[] ofSymbol;
    private final int[] ofDynamic;
    private final boolean[] called;
    private final LongMap pointers = new LongMap();
    private @Nullable Map<String, Integer> imports;
    private Kind[] kinds = new Kind[64];
    private int[] symbolsOf = new int[64];
    private int[] offsets = new int[64];
    private int count;

    Catalogue(ElfFile file, Symbols symbols, boolean relocatable, KeyNames names, DynamicWords words) {
        this.symbols = symbols;
        this.dynamicSymbols = file.dynamicSymbols();
        this.relocatable = relocatable;
        this.names = names;
        this.ofSymbol = new int[symbols.size()];
        this.ofDynamic = new int[dynamicSymbols.size()];
        this.called = words.called(dynamicSymbols.size());
        Arrays.fill(ofSymbol, UNKNOWN);
        Arrays.fill(ofDynamic, UNKNOWN);
    }

    /// The number of a function or label that the file defines.
    int function(int symbol) {
        if (ofSymbol[symbol] == UNKNOWN) {
            ofSymbol[symbol] = add(Kind.FUNCTION, symbol, 0);
        }
        return ofSymbol[symbol];
    }

    /// The number of what a symbol means that the file does not define.
    int undefined(int symbol) {
        if (ofSymbol[symbol] == UNKNOWN) {
            int imported = relocatable ? NONE : dynamicOf(symbol);
            ofSymbol[symbol] = relocatable
                    ? add(Kind.EXTERNAL, symbol, 0)
                    : imported == NONE ? add(Kind.MISSING, symbol, 0) : imported(imported);
        }
        return ofSymbol[symbol];
    }

    /// The number of what a symbol means that the file does not define, if something has called it already,
    /// else [#NONE].
    int knownExternal(int symbol) {
        return ofSymbol[symbol] == UNKNOWN ? NONE : ofSymbol[symbol];
    }

    /// The number of an import.
    ///
    /// @param dynamic the index of its symbol in the table for the loader
    int imported(int dynamic) {
        if (ofDynamic[dynamic] == UNKNOWN) {
            ofDynamic[dynamic] = add(Kind.IMPORT, dynamic, 0);
        }
        return ofDynamic[dynamic];
    }

    /// The number of a word of a variable.
    ///
    /// @param offset in bytes from the start of the variable
    /// @return [#NONE] if no variable has such a word
    int pointer(int symbol, long offset) {
        if (offset < 0 || offset > FARTHEST) {
            return NONE;
        }
        long key = (long) symbol << 32 | offset;
        int known = pointers.get(key);
        if (known != LongMap.ABSENT) {
            return known;
        }
        int made = add(Kind.POINTER, symbol, (int) offset);
        pointers.put(key, made);
        return made;
    }

    /// The number of a word of a variable if it is a pointer already, else [#NONE].
    int knownPointer(int symbol, long offset) {
        return offset < 0 || offset > FARTHEST ? NONE : pointers.get((long) symbol << 32 | offset);
    }

    int count() {
        return count;
    }

    Kind kind(int number) {
        return kinds[number];
    }

    /// The symbol of an entry, in the table that its [kind][Kind] says.
    int symbol(int number) {
        return symbolsOf[number];
    }

    /// The offset of a pointer in its variable.
    long offset(int number) {
        return offsets[number];
    }

    NativeKey key(int number) {
        int symbol = symbolsOf[number];
        return switch (kinds[number]) {
            case FUNCTION, EXTERNAL, MISSING -> names.key(symbol);
            case POINTER ->
                offsets[number] == 0 ? names.key(symbol) : names.key(symbol).at(offsets[number]);
            case IMPORT -> {
                String name = dynamicSymbols.name(symbol);
                yield name.isEmpty()
                        ? NativeKey.of("dynamic#" + symbol)
                        : new NativeKey(name, dynamicSymbols.version(symbol), "", 0);
            }
        };
    }

    /// Whether a symbol of the table for the loader may name a function: undefined ones often have no type.
    /// What has a slot for calls is a function whatever its type says: Go's linker calls them variables.
    boolean mayBeFunction(int dynamic) {
        SymbolType type = dynamicSymbols.type(dynamic);
        return type.isFunction() || type == SymbolType.NONE || called[dynamic];
    }

    private int add(Kind kind, int symbol, int offset) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            symbolsOf = Arrays.copyOf(symbolsOf, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        kinds[count] = kind;
        symbolsOf[count] = symbol;
        offsets[count] = offset;
        return count++;
    }

    /// The symbol of the table for the loader that one of the table for linking means: of that name and
    /// version, else of that name; or [#NONE].
    private int dynamicOf(int symbol) {
        if (symbols.table() == dynamicSymbols) {
            return symbol;
        }
        Map<String, Integer> index = imports;
        if (index == null) {
            index = new HashMap<>();
            for (int i = 1; i < dynamicSymbols.size(); i++) {
                if (dynamicSymbols.isDefined(i)) {
                    continue;
                }
                String name = dynamicSymbols.name(i);
                index.putIfAbsent(name, i);
                index.put(name + "@" + dynamicSymbols.version(i), i);
            }
            imports = index;
        }
        String name = names.name(symbol);
        Integer exact = index.get(name + "@" + symbols.table().version(symbol));
        return exact != null ? exact : index.getOrDefault(name, NONE);
    }
}
