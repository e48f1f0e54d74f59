package dev.repoint.machine.site;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts the uses that are no sites, by key and reason, and remembers where the first of each is.
final class Rejects {

    /// Why a use is no site.
    enum Why {
        ELSEWHERE("bytes that do not refer to it: the linker replaced the instruction"),
        INSIDE("a branch or address inside of it, not at its start"),
        MISSING("nothing defines it, so these calls have no target"),
        PART("a jump into a part that the compiler put apart; it is no function of its own"),
        INSTRUCTION("an instruction that is no call, jump, address or load of a pointer"),
        MISPLACED("a relocation at an instruction that is not its own: the linker wrote a wrong place; link with GNU ld"
                + " or lld"),
        UNNAMED("a call through a pointer that no symbol names"),
        FAR("code for the large model (-mcmodel=large) that computes the address from a distance of 64 bits;"
                + " compile it with -mcmodel=small or medium"),
        UNRELOCATED("a call without relocation, which the assembler resolved; with -ffunction-sections only calls of"
                + " itself are left");

        private final String text;

        Why(String text) {
            this.text = text;
        }
    }

    private static final int WHYS = Why.values().length;

    private final Catalogue catalogue;
    private final Regions regions;
    private final LongMap rows = new LongMap();
    private final Map<String, Integer> unnamed = new HashMap<>();
    private int[] counts = new int[64];
    private long[] firsts = new long[64];
    private NativeKey[] keys = new NativeKey[64];
    private Why[] whys = new Why[64];
    private int size;

    Rejects(Catalogue catalogue, Regions regions) {
        this.catalogue = catalogue;
        this.regions = regions;
    }

    /// Counts a use of something in the [Catalogue].
    void add(Why why, int number, long place) {
        long id = (long) number * WHYS + why.ordinal();
        int row = rows.get(id);
        if (row == LongMap.ABSENT) {
            row = row(why, catalogue.key(number), place);
            rows.put(id, row);
        }
        counts[row]++;
    }

    /// Counts a use of something that has no symbol.
    ///
    /// @param used the place of it
    void addUnnamed(Why why, long used, long place) {
        int region = regions.at(used);
        String name = region == Regions.NONE || regions.get(region).name().isEmpty()
                ? "memory"
                : regions.get(region).name();
        Integer row = unnamed.get(name + why);
        if (row == null) {
            row = row(why, NativeKey.of(name), place);
            unnamed.put(name + why, row);
        }
        counts[row]++;
    }

    private int row(Why why, NativeKey key, long place) {
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
            firsts = Arrays.copyOf(firsts, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
            whys = Arrays.copyOf(whys, size * 2);
        }
        firsts[size] = place;
        keys[size] = key;
        whys[size] = why;
        return size++;
    }

    /// All of them.
    List<Rejection> list() {
        List<Rejection> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int region = regions.at(firsts[i]);
            String section = region == Regions.NONE ? "" : regions.get(region).name();
            String where = "0x" + Long.toHexString(regions.address(firsts[i]))
                    + (regions.isRelocatable() && !section.isEmpty() ? " of " + section : "");
            list.add(new Rejection(
                    keys[i],
                    whys[i].text + " ("
                            + (counts[i] == 1 ? "at " + where : counts[i] + " places, the first at " + where) + ")"));
        }
        return list;
    }
}
