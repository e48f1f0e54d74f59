package dev.repoint.elf;

import dev.repoint.elf.raw.ProgramHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which bytes of the file stand at which addresses, by the loaded segments.
final class AddressMap {

    private final Segment[] byAddress;

    private AddressMap(Segment[] byAddress) {
        this.byAddress = byAddress;
    }

    /// @throws ElfFormatException if two loaded segments claim one address
    static AddressMap of(Source source, Headers headers) throws ElfFormatException {
        List<Segment> segments = headers.segments();
        List<Segment> sorted = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.isLoaded() && segment.memorySize() > 0) {
                sorted.add(segment);
            }
        }
        sorted.sort(new ByAddress());
        Segment[] loaded = sorted.toArray(new Segment[0]);
        for (int i = 1; i < loaded.length; i++) {
            if (loaded[i - 1].contains(loaded[i].address())) {
                long at = headers.programTable() + (long) segments.indexOf(loaded[i]) * ProgramHeader.SIZE;
                throw source.malformed(
                        at + ProgramHeader.P_VADDR, "two loaded segments claim address " + loaded[i].address());
            }
        }
        return new AddressMap(loaded);
    }

    /// Where a range of addresses lies in the file; -1 if it does not lie in it whole.
    long offsetOf(long address, long length) {
        Segment segment = segmentAt(address);
        if (segment == null) {
            return -1;
        }
        long distance = address - segment.address().value();
        return length >= 0 && distance < segment.fileSize() && length <= segment.fileSize() - distance
                ? segment.offset().value() + distance
                : -1;
    }

    /// How many bytes of the file follow from an address on without a gap, its own included; 0 if it is not in
    /// the file.
    long bytesFrom(long address) {
        Segment segment = segmentAt(address);
        return segment == null
                ? 0
                : Math.max(0, segment.fileSize() - (address - segment.address().value()));
    }

    /// The lowest address at which a byte of the file is loaded; null if it is not loaded.
    @Nullable
    Address addressOf(long offset) {
        for (Segment segment : byAddress) {
            long distance = offset - segment.offset().value();
            if (distance >= 0 && distance < segment.fileSize()) {
                return segment.address().plus(distance);
            }
        }
        return null;
    }

    private @Nullable Segment segmentAt(long address) {
        int low = 0;
        int high = byAddress.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(byAddress[middle].address().value(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return null;
        }
        Segment below = byAddress[low - 1];
        return Long.compareUnsigned(address - below.address().value(), below.memorySize()) < 0 ? below : null;
    }

    /// A class, because the first lambda of a JVM costs milliseconds of start-up.
    private static final class ByAddress implements Comparator<Segment> {

        @Override
        public int compare(Segment one, Segment other) {
            return one.address().compareTo(other.address());
        }
    }
}
