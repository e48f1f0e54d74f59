package dev.repoint.machine.site;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of what a file defines: the symbol's name alone where it is the only one, else with its source
/// file, and its number where source files have one name too.
final class KeyNames {

    private final Symbols symbols;
    private final boolean versioned;
    private final @Nullable String[] names;
    private final boolean[] shared;
    private final Map<String, Integer> firsts;
    private final @Nullable NativeKey[] keys;
    private @Nullable Homonyms homonyms;

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
                    // Labels in data have no size. Linkers keep many of one name (.LC0), and nothing is called after
                    // them.
                    if (symbols.size(i) != 0) {
                        names.add(i);
                    }
                }
                case Symbols.LABEL -> {
                    if (!symbols.isLocal(i)) {
                        names.add(i);
                    }
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
        if (known != null) {
            return known;
        }
        String name = symbols.name(symbol);
        names[symbol] = name;
        return name;
    }

    /// The key of a function, a variable or a label. A symbol without a name, which no compiler makes, is
    /// called after its place.
    NativeKey key(int symbol) {
        NativeKey known = keys[symbol];
        if (known != null) {
            return known;
        }
        NativeKey key = make(symbol);
        keys[symbol] = key;
        return key;
    }

    private NativeKey make(int symbol) {
        String name = name(symbol);
        if (name.isEmpty()) {
            return NativeKey.of("symbol#" + symbol);
        }
        Integer first = firsts.get(name);
        boolean alone = first == null || first == symbol && !shared[symbol];
        if (symbols.isLocal(symbol)) {
            return alone ? NativeKey.of(name) : new NativeKey(name, "", file(symbol), 0);
        }
        if (versioned && symbols.table().isHiddenVersion(symbol)) {
            return new NativeKey(name, symbols.table().version(symbol), "", 0);
        }
        // Two global symbols of one name have versions, or the file is broken.
        return alone || homonyms().isFirstGlobal(symbol)
                ? NativeKey.of(name)
                : new NativeKey(name, "", "#" + symbol, 0);
    }

    /// The first symbol of a name, or -1. Others of the name are [shared][#isShared] with it.
    int first(String name) {
        return firsts.getOrDefault(name, -1);
    }

    /// Whether several symbols have the name of one.
    boolean isShared(int symbol) {
        return shared[symbol];
    }

    /// The source file, with a number where two symbols have file and name in common.
    private String file(int symbol) {
        String file = symbols.table().sourceFile(symbol);
        int number = homonyms().number(symbol);
        return number == 0 && !file.isEmpty() ? file : file + "#" + Math.max(number, 1);
    }

    private Homonyms homonyms() {
        Homonyms known = homonyms;
        if (known != null) {
            return known;
        }
        Homonyms made = Homonyms.of(symbols, this::isShared, this::name, versioned);
        homonyms = made;
        return made;
    }
}
