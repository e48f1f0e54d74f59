package dev.repoint.machine.entry;

import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.SymbolType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The places in code that symbols name, in the order of addresses.
final class EntryLabels {

    private static final int FIRST = 256;
    /// What gcc and clang append to the names of copies with fewer parameters, and of parts that are called.
    private static final String[] COPIES = {".constprop.", ".isra.", ".part.", ".specialized."};
    private static final String COLD = ".cold";

    private final List<SymbolTable> tables;
    private final EntryCode code;
    /// In the order of the tables until [#sort].
    private long[] places = new long[FIRST];
    /// The table in the high half, and the index in it.
    private long[] symbols = new long[FIRST];
    private int count;

    EntryLabels(EntryCode code, List<SymbolTable> tables) {
        this.code = code;
        this.tables = List.copyOf(tables);
        for (int table = 0; table < tables.size(); table++) {
            add(table, tables.get(table));
        }
        sort();
    }

    private void add(int table, SymbolTable symbolTable) {
        for (int i = 1; i < symbolTable.size(); i++) {
            SymbolType type = symbolTable.type(i);
            boolean stands = type == SymbolType.NONE || type == SymbolType.OBJECT || type.isFunction();
            if (!stands || !symbolTable.isDefined(i) || code.at(symbolTable.value(i)) == null) {
                continue;
            }
            if (type == SymbolType.NONE && isMapping(symbolTable.name(i))) {
                continue;
            }
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
                symbols = Arrays.copyOf(symbols, 2 * count);
            }
            places[count] = symbolTable.value(i);
            symbols[count++] = (long) table << Integer.SIZE | i;
        }
    }

    /// Whether a name says only where code and data begin (`$x`, `$d`; aaelf64, 5.5.4), or nothing.
    private static boolean isMapping(String name) {
        return name.isEmpty() || name.startsWith("$");
    }

    private void sort() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        long[] found = places;
        Arrays.sort(order, (one, other) -> Long.compareUnsigned(found[one], found[other]));
        long[] sortedPlaces = new long[count];
        long[] sortedSymbols = new long[count];
        for (int i = 0; i < count; i++) {
            sortedPlaces[i] = places[order[i]];
            sortedSymbols[i] = symbols[order[i]];
        }
        places = sortedPlaces;
        symbols = sortedSymbols;
    }

    int count() {
        return count;
    }

    long place(int label) {
        return places[label];
    }

    /// The first label at an address or behind it; [#count] if there is none.
    int from(long address) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(places[middle], address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long size(int label) {
        return table(label).size(index(label));
    }

    SymbolType type(int label) {
        return table(label).type(index(label));
    }

    String name(int label) {
        return table(label).name(index(label));
    }

    /// The size of the largest thing at an address; 0 if that is not known.
    long sizeAt(long address) {
        long size = 0;
        for (int i = from(address); i < count && places[i] == address; i++) {
            size = Math.max(size, table(i).size(index(i)));
        }
        return size;
    }

    /// The different names at an address, with versions cut off.
    List<String> namesAt(long address) {
        List<String> names = new ArrayList<>();
        for (int i = from(address); i < count && places[i] == address; i++) {
            String name = name(i);
            if (type(i) != SymbolType.OBJECT && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// The names of copies and called parts, by the name of the function that they were made of.
    Map<String, List<String>> clones() {
        Map<String, List<String>> clones = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = type(i).isFunction() ? name(i) : "";
            for (String suffix : COPIES) {
                int at = name.indexOf(suffix, 1);
                if (at > 0 && !name.contains(COLD)) {
                    List<String> copies = clones.computeIfAbsent(name.substring(0, at), _ -> new ArrayList<>());
                    if (!copies.contains(name)) {
                        copies.add(name);
                    }
                    break;
                }
            }
        }
        return clones;
    }

    private SymbolTable table(int label) {
        return tables.get((int) (symbols[label] >>> Integer.SIZE));
    }

    private int index(int label) {
        return (int) symbols[label];
    }
}
