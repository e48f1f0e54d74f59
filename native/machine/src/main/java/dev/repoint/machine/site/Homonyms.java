package dev.repoint.machine.site;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// The distinction of symbols of one name: the numbers of local ones of one source file, by their places, and
/// which of the global ones is the first.
final class Homonyms {

    private final int[] numbers;
    private final boolean[] firstGlobals;

    private Homonyms(int size) {
        this.numbers = new int[size];
        this.firstGlobals = new boolean[size];
    }

    /// @param shared whether several symbols have the name of one
    /// @param names the name of each
    static Homonyms of(Symbols symbols, IntPredicate shared, IntFunction<String> names, boolean versioned) {
        Homonyms homonyms = new Homonyms(symbols.size());
        long[] places = new long[symbols.size()];
        Arrays.setAll(places, symbols::place);
        Map<String, Integer> last = new HashMap<>();
        Set<String> globals = new HashSet<>();
        for (int symbol :
                RadixSort.of(places, places.length)) { // stable, so the table decides between those of one place
            if (!shared.test(symbol)) {
                continue;
            }
            if (symbols.isLocal(symbol)) {
                String key = symbols.table().sourceFile(symbol) + ":" + names.apply(symbol);
                Integer before = last.put(key, symbol);
                if (before == null) {
                    continue;
                }
                homonyms.numbers[before] = Math.max(homonyms.numbers[before], 1);
                homonyms.numbers[symbol] = homonyms.numbers[before] + 1;
            }
        }
        for (int symbol = 1; symbol < symbols.size(); symbol++) {
            boolean global = shared.test(symbol)
                    && !symbols.isLocal(symbol)
                    && !(versioned && symbols.table().isHiddenVersion(symbol));
            homonyms.firstGlobals[symbol] = global && globals.add(names.apply(symbol));
        }
        return homonyms;
    }

    /// The number of a local symbol among those of its name and source file, from 1; 0 if it is the only one.
    int number(int symbol) {
        return numbers[symbol];
    }

    /// Whether a global symbol is the first of its name in the table.
    boolean isFirstGlobal(int symbol) {
        return firstGlobals[symbol];
    }
}
