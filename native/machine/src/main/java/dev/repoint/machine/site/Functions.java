package dev.repoint.machine.site;

/// The functions of a file by where they start.
///
/// Functions that start at one place form a group: aliases, or functions that were folded into one. A label
/// counts as a function where it is not local, and where no function starts.
final class Functions {

    /// What is given where there is no function.
    static final int NONE = -1;

    /// How far [#containing] looks back for a function that reaches over those that start inside it.
    private static final int LOOK_BACK = 8;

    private final Symbols symbols;
    private final int[] ordered;
    private final long[] starts;
    private final int[] firsts;
    private final long[] ends;
    private final int count;
    /// Chosen names of groups, by [#nameOf]; 0, which is no symbol, until one is asked for.
    private final int[] locals;
    private final int[] globals;

    private Functions(Symbols symbols, int[] ordered, long[] starts, int[] firsts, long[] ends, int count) {
        this.symbols = symbols;
        this.ordered = ordered;
        this.starts = starts;
        this.firsts = firsts;
        this.ends = ends;
        this.count = count;
        this.locals = new int[count];
        this.globals = new int[count];
    }

    static Functions of(Symbols symbols, Regions regions) {
        int[] found = new int[symbols.size()];
        long[] places = new long[symbols.size()];
        int size = 0;
        for (int i = 1; i < symbols.size(); i++) {
            if (!isFunction(symbols, i)) {
                continue;
            }
            found[size] = i;
            places[size++] = symbols.place(i);
        }
        int[] order = RadixSort.of(places, size);
        int[] ordered = new int[size];
        long[] starts = new long[size];
        long[] ends = new long[size];
        int[] firsts = new int[size + 1];
        int count = 0;
        for (int i = 0; i < size; i++) {
            ordered[i] = found[order[i]];
            long place = places[order[i]];
            if (count == 0 || starts[count - 1] != place) {
                starts[count] = place;
                ends[count] = place;
                firsts[count++] = i;
            }
            long end = place + symbols.size(ordered[i]);
            if (Long.compareUnsigned(end, ends[count - 1]) > 0) {
                ends[count - 1] = end;
            }
        }
        firsts[count] = size;
        for (int group = 0; group < count; group++) {
            if (ends[group] != starts[group]) {
                continue;
            }
            int region = regions.at(starts[group]); // without a size: to the next one, or to the region's end
            long end = region == Regions.NONE
                    ? starts[group]
                    : regions.get(region).start() + regions.get(region).size();
            boolean next = group + 1 < count && Long.compareUnsigned(starts[group + 1], end) < 0;
            ends[group] = next ? starts[group + 1] : end;
        }
        return new Functions(symbols, ordered, starts, firsts, ends, count);
    }

    private static boolean isFunction(Symbols symbols, int symbol) {
        return switch (symbols.kind(symbol)) {
            case Symbols.FUNCTION -> true;
            case Symbols.LABEL -> !symbols.isLocal(symbol);
            default -> false;
        };
    }

    /// How many groups there are, in the order of places.
    int count() {
        return count;
    }

    /// The place where a group starts.
    long start(int group) {
        return starts[group];
    }

    /// The place behind the last byte of a group.
    long end(int group) {
        return ends[group];
    }

    /// Whether no other function starts between the start and the end of a group.
    boolean isWhole(int group) {
        return group + 1 == count || Long.compareUnsigned(starts[group + 1], ends[group]) >= 0;
    }

    /// The first group that starts at a place or behind it; [#count] if there is none.
    int from(long place) {
        int floor = RadixSort.floor(starts, count, place);
        return floor >= 0 && starts[floor] == place ? floor : floor + 1;
    }

    /// How many symbols a group has.
    int names(int group) {
        return firsts[group + 1] - firsts[group];
    }

    /// A symbol of a group.
    ///
    /// @param index from 0 to [#names] exclusive
    int symbol(int group, int index) {
        return ordered[firsts[group] + index];
    }

    /// The group that starts at a place, or [#NONE].
    int startingAt(long place) {
        int group = RadixSort.floor(starts, count, place);
        return group >= 0 && starts[group] == place ? group : NONE;
    }

    /// The group that a place lies in, the innermost, or [#NONE].
    int containing(long place) {
        int group = RadixSort.floor(starts, count, place);
        for (int back = 0; back < LOOK_BACK && group - back >= 0; back++) {
            int candidate = group - back;
            if (Long.compareUnsigned(place - starts[candidate], ends[candidate] - starts[candidate]) < 0) {
                return candidate;
            }
        }
        return NONE;
    }

    /// The symbol that stands for a group where no relocation names one of it: functions go before labels, what
    /// is local or global as asked before the rest, and hooks last, because only their callers use their
    /// names.
    ///
    /// @param local whether a local symbol goes first: assemblers turn only uses of local ones into uses of a
    ///     section
    int nameOf(int group, boolean local, Declarations declarations) {
        if (names(group) == 1) {
            return symbol(group, 0);
        }
        int[] chosen = local ? locals : globals;
        if (chosen[group] == 0) {
            chosen[group] = choose(group, local, declarations);
        }
        return chosen[group];
    }

    private int choose(int group, boolean local, Declarations declarations) {
        int best = symbol(group, 0);
        int bestRank = Integer.MAX_VALUE;
        for (int i = 0; i < names(group); i++) {
            int symbol = symbol(group, i);
            int rank = declarations.isHook(symbols.name(symbol)) ? 8 : 0;
            rank += symbols.kind(symbol) == Symbols.FUNCTION ? 0 : 4;
            rank += symbols.isLocal(symbol) == local ? 0 : 2;
            if (rank < bestRank) {
                best = symbol;
                bestRank = rank;
            }
        }
        return best;
    }
}
