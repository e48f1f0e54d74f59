package dev.repoint.machine.site;

/// The variables of a file by where they are.
final class Variables {

    /// What is given where there is no variable.
    static final int NONE = -1;

    private static final int LOOK_BACK = 4;

    private final Symbols symbols;
    private final int[] ordered;
    private final long[] starts;

    private Variables(Symbols symbols, int[] ordered, long[] starts) {
        this.symbols = symbols;
        this.ordered = ordered;
        this.starts = starts;
    }

    static Variables of(Symbols symbols) {
        int[] found = new int[symbols.size()];
        long[] places = new long[symbols.size()];
        int size = 0;
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.kind(i) != Symbols.OBJECT || symbols.size(i) == 0) {
                continue;
            }
            found[size] = i;
            places[size++] = symbols.place(i);
        }
        int[] order = RadixSort.of(places, size);
        int[] ordered = new int[size];
        long[] starts = new long[size];
        for (int i = 0; i < size; i++) {
            ordered[i] = found[order[i]];
            starts[i] = places[order[i]];
        }
        return new Variables(symbols, ordered, starts);
    }

    /// The symbol of the variable that a place lies in; of several at one place the first one that is not
    /// local, else the first; or [#NONE].
    int containing(long place) {
        int floor = RadixSort.floor(starts, starts.length, place);
        int best = NONE;
        for (int i = floor; i >= 0 && floor - i < LOOK_BACK; i--) {
            int symbol = ordered[i];
            if (best != NONE && starts[i] != symbols.place(best)) {
                break;
            }
            boolean holds = Long.compareUnsigned(place - starts[i], symbols.size(symbol)) < 0;
            if (holds && (best == NONE || !symbols.isLocal(symbol))) {
                best = symbol;
            }
        }
        return best;
    }
}
