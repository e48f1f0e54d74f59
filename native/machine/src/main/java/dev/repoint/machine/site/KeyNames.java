package dev.repoint.machine.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of what a file defines: the symbol's name alone where it is the only one, else with its source file, and its
/// number where source files have one name too.
final class KeyNames {

    private final Symbols symbols;
    private final boolean versioned;
    private final @Nullable String[] names;
    private final boolean[] shared;
    private final Map<String, Integer> firsts;
    private final @Nullable NativeKey[] keys;
    private @Nullable Map<String, List<Integer>> sameFile;

    private KeyNames(Symbols symbols, boolean versioned) {
        this.symbols = symbols;
        this.versioned = versioned;
        this.names = new String[symbols.size()];
        this.shared = new boolean[symbols.size()];
        this.firsts = HashMap.newHashMap(symbols.size());
        this.keys = new NativeKey[symbols.size()];
    }

    /// @param versioned whether symbols that the file defines may have versions
    static KeyNames of(Symbols symbols, boolean versioned) {
        KeyNames names = new KeyNames(symbols, versioned);
        for (int i = 1; i < symbols.size(); i++) {
            switch (symbols.kind(i)) {
                case Symbols.FUNCTION, Symbols.COMMON, Symbols.UNDEFINED, Symbols.UNDEFINED_OBJECT -> names.add(i);
                case Symbols.OBJECT -> {
                    // Labels in data have no size. Linkers keep many of one name (.LC0), and nothing is called after them.
                    if (symbols.size(i) != 0) names.add(i);
                }
                case Symbols.LABEL -> {
                    if (!symbols.isLocal(i)) names.add(i);
                }
                default -> {} // has no key of its own
            }
        }
        return names;
    }

    private void add(int symbol) {
        String name = name(symbol);
        Integer first = firsts.putIfAbsent(name, symbol);
        if (first != null) {
            shared[first] = true;
            shared[symbol] = true;
        }
    }

    /// The name of any symbol.
    String name(int symbol) {
        String known = names[symbol];
        if (known != null) return known;
        String name = symbols.name(symbol);
        names[symbol] = name;
        return name;
    }

    /// The key of a function, a variable or a label. A symbol without a name, which no compiler makes, is called after its
    /// place.
    NativeKey key(int symbol) {
        NativeKey known = keys[symbol];
        if (known != null) return known;
        NativeKey key = make(symbol);
        keys[symbol] = key;
        return key;
    }

    private NativeKey make(int symbol) {
        String name = name(symbol);
        if (name.isEmpty()) return NativeKey.of("symbol#" + symbol);
        boolean local = symbols.isLocal(symbol);
        Integer first = firsts.get(name);
        boolean alone = first == null || first == symbol && !shared[symbol];
        if (!local) {
            boolean hidden = versioned && symbols.table().isHiddenVersion(symbol);
            if (hidden) return new NativeKey(name, symbols.table().version(symbol), "", 0);
            // Two global symbols of one name have versions, or the file is broken.
            return alone || isFirstGlobal(name, symbol) ? NativeKey.of(name) : new NativeKey(name, "", "#" + symbol, 0);
        }
        return alone ? NativeKey.of(name) : new NativeKey(name, "", file(symbol, name), 0);
    }

    private boolean isFirstGlobal(String name, int symbol) {
        for (int i = firsts.getOrDefault(name, symbol); i < symbol; i++) {
            boolean same = shared[i] && !symbols.isLocal(i) && name(i).equals(name);
            if (same && !(versioned && symbols.table().isHiddenVersion(i))) return false;
        }
        return true;
    }

    /// The source file, with a number where two symbols have file and name in common.
    private String file(int symbol, String name) {
        String file = symbols.table().sourceFile(symbol);
        List<Integer> same = sameFile().getOrDefault(file + ":" + name, List.of());
        if (same.size() < 2 && !file.isEmpty()) return file;
        int number = 1;
        for (int other : same) {
            int order = Long.compareUnsigned(symbols.place(other), symbols.place(symbol));
            if (order < 0 || order == 0 && other < symbol) number++;
        }
        return file + "#" + number;
    }

    private Map<String, List<Integer>> sameFile() {
        Map<String, List<Integer>> known = sameFile;
        if (known != null) return known;
        Map<String, List<Integer>> made = new HashMap<>();
        for (int i = 1; i < shared.length; i++) {
            if (!shared[i] || !symbols.isLocal(i)) continue;
            String key = symbols.table().sourceFile(i) + ":" + name(i);
            List<Integer> same = made.get(key);
            if (same == null) {
                same = new ArrayList<>();
                made.put(key, same);
            }
            same.add(i);
        }
        sameFile = made;
        return made;
    }
}
