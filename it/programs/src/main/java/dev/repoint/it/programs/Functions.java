package dev.repoint.it.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The functions of a file, as `readelf -s` lists them, and the entries of its procedure linkage table.
final class Functions {

    private record Extent(long end, String name) {}

    private final Set<Long> entries = new HashSet<>();
    private final Map<Long, Set<String>> names = new HashMap<>();
    private final TreeMap<Long, Extent> extents = new TreeMap<>();

    /// Reads them.
    static Functions of(Path file) throws IOException {
        Functions functions = new Functions();
        Tool.lines(List.of("readelf", "-sW", file.toString()), functions::symbol);
        Disassembly.linkageTable(file).forEach(functions::entry);
        return functions;
    }

    private void symbol(String line) {
        // "   Num:    Value          Size Type    Bind   Vis      Ndx Name"
        String[] words = line.strip().split("\\s+");
        if (words.length < 8 || words[6].equals("UND")) {
            return;
        }
        switch (words[3]) {
            case "FUNC", "IFUNC" -> function(Long.parseUnsignedLong(words[1], 16), Long.decode(words[2]), words[7]);
            // Variables, and names that the linker was told to give (--defsym): no functions, but maybe of one.
            case "NOTYPE", "OBJECT" -> name(Long.parseUnsignedLong(words[1], 16), words[7]);
            default -> {}
        }
    }

    /// A function without a size, as start-up code has them, reaches up to the next one.
    private void function(long start, long size, String name) {
        entry(start, unversioned(name));
        Extent extent = new Extent(size == 0 ? Long.MAX_VALUE : start + size, name);
        extents.merge(start, extent, (a, b) -> a.end() <= b.end() ? a : b);
    }

    private void entry(long address, String name) {
        entries.add(address);
        name(address, name);
    }

    private void name(long address, String name) {
        names.computeIfAbsent(address, _ -> new TreeSet<>()).add(unversioned(name));
    }

    /// A name without the version behind it.
    static String unversioned(String name) {
        int at = name.indexOf('@');
        return at <= 0 ? name : name.substring(0, at);
    }

    /// Whether some function, or an entry of the procedure linkage table, starts at an address.
    boolean isEntry(long address) {
        return entries.contains(address);
    }

    /// The names of what starts at an address, variables too.
    Set<String> names(long address) {
        return names.getOrDefault(address, Set.of());
    }

    /// The entry of the function whose bytes an address is one of, or 0.
    long containing(long address) {
        Map.Entry<Long, Extent> before = extents.floorEntry(address);
        return before != null && address < before.getValue().end() ? before.getKey() : 0;
    }

    /// A name of the function whose bytes an address is one of, or the address itself.
    String nameAt(long address) {
        Map.Entry<Long, Extent> before = extents.floorEntry(address);
        return before != null && address < before.getValue().end()
                ? before.getValue().name()
                : "0x" + Long.toHexString(address);
    }
}
