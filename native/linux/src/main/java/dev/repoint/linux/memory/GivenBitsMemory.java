package dev.repoint.linux.memory;

import dev.repoint.linux.call.Memory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Memory for code at addresses of which some bits are given: where a jump leads whose distance holds bytes that
/// are instructions too ("instruction punning": Chamith and others, PLDI 2017). It is never freed, because a
/// thread may be in it. Used by one thread at a time.
public final class GivenBitsMemory {

    private static final int WINDOWS = 256;
    private static final int WINDOW_SHIFT = 24;
    private static final int HIGHEST = 0xff << WINDOW_SHIFT;
    private static final int UNIT = 8;
    /// Below the stack of the program and behind its heap nothing may be: they grow.
    private static final long GROWTH = 1L << 30;

    private final List<Page> pages = new ArrayList<>();
    private final int protection;

    /// A page, with the units of 8 bytes that are taken.
    private record Page(long start, BitSet taken) {}

    /// A place in such memory.
    ///
    /// @param address where it begins
    /// @param page    the page that it lies in
    /// @param isNew   whether that page was mapped for it
    public record Place(long address, long page, boolean isNew) {}

    /// @param protection of [Memory#READ], [Memory#WRITE], [Memory#EXECUTE]
    public GivenBitsMemory(int protection) {
        this.protection = protection;
    }

    /// Takes memory.
    ///
    /// @param length of less than a page, in bytes
    /// @param origin from which the distance is counted
    /// @param mask   the bits of the distance that are given
    /// @param values what they are: alternatives, the better ones first
    /// @return null if nothing is free at any distance that has these bits
    public @Nullable Place take(int length, long origin, int mask, int... values) {
        List<Mapping> mapped = Mappings.now().all();
        for (int value : values) {
            Place place = take(mapped, length, origin, mask, value);
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    private @Nullable Place take(List<Mapping> mapped, int length, long origin, int mask, int value) {
        for (Page each : pages) {
            long address = within(each, length, origin, mask, value);
            if (address != 0) {
                return taken(each, address, length, false);
            }
        }
        for (int away = 0; away < WINDOWS; away++) {
            // 0, -1, 1, -2, ...: near ones first, as far as the highest byte of the distance is free.
            int highest = (away & 1) == 0 ? away / 2 : -away / 2 - 1;
            if (((highest << WINDOW_SHIFT ^ value) & mask & HIGHEST) == 0) {
                Page page = map(mapped, length, origin, mask, value, highest);
                if (page != null) {
                    pages.add(page);
                    return taken(page, within(page, length, origin, mask, value), length, true);
                }
            }
        }
        return null;
    }

    /// Maps a page that has such an address.
    ///
    /// @param highest the highest byte of the distance
    private @Nullable Page map(List<Mapping> mapped, int length, long origin, int mask, int value, int highest) {
        long first = origin + ((long) highest << WINDOW_SHIFT) & -Memory.PAGE;
        for (long start = first; start < first + (1 << WINDOW_SHIFT); start += Memory.PAGE) {
            Page page = new Page(start, new BitSet());
            boolean fits = start > 0 && within(page, length, origin, mask, value) != 0 && isFree(mapped, start);
            if (fits && Memory.mapAt(start, Memory.PAGE, protection)) {
                return page;
            }
        }
        return null;
    }

    private static Place taken(Page page, long address, int length, boolean isNew) {
        page.taken.set((int) (address - page.start) / UNIT, (int) (address + length - 1 - page.start) / UNIT + 1);
        return new Place(address, page.start, isNew);
    }

    /// An address in a page that has the given bits, and nothing in it yet; 0 if there is none.
    private static long within(Page page, int length, long origin, int mask, int value) {
        long last = page.start + Memory.PAGE - length;
        long address = page.start;
        while (address <= last) {
            long distance = address - origin;
            if (distance != (int) distance) {
                return 0;
            }
            long next = next((int) distance, mask, value);
            if (next < 0) {
                return 0;
            }
            address += next;
            if (next == 0) {
                int from = (int) (address - page.start) / UNIT;
                int to = (int) (address + length - 1 - page.start) / UNIT;
                int taken = page.taken.nextSetBit(from);
                if (taken < 0 || taken > to) {
                    return address;
                }
                address++;
            }
        }
        return 0;
    }

    /// How much further a distance is that has the given bits; some of them may have to be looked for again.
    /// -1 if it is not in this page.
    private static long next(int distance, int mask, int value) {
        int wrong = (distance ^ value) & mask;
        if (wrong == 0) {
            return 0;
        }
        int highest = 31 - Integer.numberOfLeadingZeros(wrong) & -Byte.SIZE;
        long step = 1L << highest;
        long forward = step - (distance & step - 1);
        return forward < Memory.PAGE ? forward : -1;
    }

    private static boolean isFree(List<Mapping> mapped, long start) {
        for (Mapping each : mapped) {
            long from = each.start() - (each.path().equals("[stack]") ? GROWTH : 0);
            long to = each.end() + (each.path().equals("[heap]") ? GROWTH : 0);
            if (start < to && start + Memory.PAGE > from) {
                return false;
            }
        }
        return true;
    }
}
