package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import dev.repoint.machine.instruction.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The memory that a file describes, cut into its sections, and the one number by which a byte of it is known
/// here: its *place*.
///
/// In a linked file the place of a byte is its address. In a relocatable file, where all sections start at
/// address 0, it is the index of the section and the distance from its start, so that different bytes have
/// different places there too. Without section headers the loaded segments are the regions. Not thread-safe.
final class Regions {

    /// What [#at] gives for a place that is nowhere.
    static final int NONE = -1;

    private static final int DISTANCE_BITS = 40;
    private static final long DISTANCE = (1L << DISTANCE_BITS) - 1;

    /// One of them.
    ///
    /// @param start      the place of its first byte
    /// @param size       in bytes
    /// @param offset     of its first byte in the file
    /// @param loaded     how many of its bytes are in the file
    /// @param name       of the section, or empty
    /// @param executable whether it holds code
    record Region(long start, long size, long offset, long loaded, String name, boolean executable) {}

    private final ElfFile file;
    private final boolean relocatable;
    private final Region[] regions;
    private final long[] starts;
    private final @Nullable Code[] codes;
    private int last;

    private Regions(ElfFile file, boolean relocatable, List<Region> regions) {
        this.file = file;
        this.relocatable = relocatable;
        long[] keys = new long[regions.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = regions.get(i).start;
        }
        int[] order = RadixSort.of(keys, keys.length);
        this.regions = new Region[keys.length];
        this.starts = new long[keys.length];
        this.codes = new Code[keys.length];
        for (int i = 0; i < keys.length; i++) {
            this.regions[i] = regions.get(order[i]);
            starts[i] = this.regions[i].start;
        }
    }

    static Regions of(ElfFile file) {
        boolean relocatable = file.type() == ElfType.RELOCATABLE;
        List<Region> regions = new ArrayList<>();
        for (Section each : file.sections()) {
            boolean bytes = each.hasBytes();
            if (!each.isAllocated() || each.size() == 0 || each.size() > DISTANCE || each.isCompressed()) {
                continue;
            }
            if (each.isThreadLocal() && !bytes) {
                continue;
            } // takes no memory of its own
            // The offset of a section that has no bytes means nothing, and may lie outside of the file.
            regions.add(new Region(
                    start(each, relocatable),
                    each.size(),
                    bytes ? each.offset().value() : 0,
                    bytes ? each.size() : 0,
                    each.name(),
                    each.isExecutable()));
        }
        if (file.sections().isEmpty()) {
            for (Segment each : file.segments()) {
                if (each.type() != Segment.PT_LOAD || each.memorySize() == 0) {
                    continue;
                }
                regions.add(new Region(
                        each.address().value(),
                        each.memorySize(),
                        each.offset().value(),
                        each.fileSize(),
                        "",
                        each.isExecutable()));
            }
        } else {
            file.segments().forEach(each -> addTail(each, regions));
        }
        return new Regions(file, relocatable, regions);
    }

    /// Adds what is loaded behind the last section of an executable segment: veneers that a patch put there.
    private static void addTail(Segment segment, List<Region> regions) {
        if (!segment.isLoaded() || !segment.isExecutable()) {
            return;
        }
        long end = segment.address().value() + segment.fileSize();
        long last = segment.address().value();
        for (Region region : regions) {
            boolean inside = segment.contains(new Address(region.start));
            if (inside) {
                last = Math.max(last, region.start + region.size);
            }
        }
        if (last == segment.address().value() || last >= end) {
            return;
        }
        long offset = segment.offset().value() + last - segment.address().value();
        regions.add(new Region(last, end - last, offset, end - last, "", true));
    }

    /// Whether places are sections and distances.
    boolean isRelocatable() {
        return relocatable;
    }

    /// How many regions there are.
    int count() {
        return regions.length;
    }

    /// A region by its number, in the order of places.
    Region get(int region) {
        return regions[region];
    }

    /// The number of the region that holds a place, or [#NONE].
    int at(long place) {
        if (last < regions.length && holds(last, place)) {
            return last;
        }
        int found = RadixSort.floor(starts, starts.length, place);
        if (found < 0 || !holds(found, place)) {
            return NONE;
        }
        last = found;
        return found;
    }

    /// Whether code stands at a place.
    boolean isExecutable(long place) {
        int region = at(place);
        return region != NONE && regions[region].executable;
    }

    /// The place of a byte of a section.
    ///
    /// @param section a section of the file
    /// @param value   an address; in a relocatable file the distance from the section's start
    long place(Section section, long value) {
        return relocatable ? start(section, true) + value : value;
    }

    /// The place that a symbol's value means.
    ///
    /// @param section the index of its section
    long place(int section, long value) {
        return relocatable ? ((long) section << DISTANCE_BITS) + (value & DISTANCE) : value;
    }

    /// What a place is called outside of here: an address, or in a relocatable file a distance in its section.
    long address(long place) {
        return relocatable ? place & DISTANCE : place;
    }

    /// Whether some numbers cannot be places: in a relocatable file those that are below all sections.
    boolean isNoPlace(long number) {
        return relocatable && number >>> DISTANCE_BITS == 0;
    }

    /// Where a place is in the file, or -1 if it is not there.
    long offset(long place) {
        int region = at(place);
        if (region == NONE) {
            return -1;
        }
        long distance = place - regions[region].start;
        return distance < regions[region].loaded ? regions[region].offset + distance : -1;
    }

    /// The bytes of a region that are in the file, at their places.
    Code code(int region) {
        Code known = codes[region];
        if (known != null) {
            return known;
        }
        Region found = regions[region];
        Code code = new Code(file.bytes().asSlice(found.offset, found.loaded), found.start);
        codes[region] = code;
        return code;
    }

    /// The word of 8 bytes at a place as the file has it; null if it is not there as a whole.
    @Nullable
    Long word(long place) {
        int region = at(place);
        if (region == NONE) {
            return null;
        }
        Code bytes = code(region);
        return bytes.contains(place, Long.BYTES) ? (Long) bytes.s64(place) : null;
    }

    private boolean holds(int region, long place) {
        return Long.compareUnsigned(place - regions[region].start, regions[region].size) < 0;
    }

    private static long start(Section section, boolean relocatable) {
        return relocatable
                ? (long) section.index().value() << DISTANCE_BITS
                : section.address().value();
    }
}
