package dev.repoint.linux.patcher;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ptrace.RemoteMemory;
import dev.repoint.linux.refusal.ProcessRefusal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The places in another process that a patch changes, as images that are made before anything is stopped:
/// instructions that are close together lie in one image, which one call writes; words, which others may share
/// a page with, have one each.
final class WriteImages {

    /// Sites with less between them share an image: copying a page takes as long as a call.
    private static final long GAP = Memory.PAGE;

    private final RemoteMemory memory;
    private final List<Image> images = new ArrayList<>();
    private final long[] addresses;
    private final byte[] lengths;

    /// Bytes that are written together.
    ///
    /// @param found room for what is there
    /// @param now   what has to be there
    private record Image(long address, MemorySegment found, MemorySegment now, MemorySegment via, MemorySegment next) {}

    /// What to write.
    enum Form {
        /// What was there.
        NOW,
        /// The form through the entry.
        VIA,
        /// What is to be there.
        NEXT
    }

    /// @throws dev.repoint.linux.call.CallFailedException if not all of them are mapped
    WriteImages(RemoteMemory memory, List<KeyChange.Site> sites, List<KeyChange.Word> words, Arena arena) {
        this.memory = memory;
        List<KeyChange.Site> sorted = sites.stream()
                .sorted(Comparator.comparingLong(KeyChange.Site::address))
                .toList();
        addresses = sorted.stream().mapToLong(KeyChange.Site::address).toArray();
        lengths = new byte[addresses.length];
        for (int first = 0; first < sorted.size(); ) {
            int end = first;
            while (end < sorted.size() && (end == first || addresses[end] - addresses[end - 1] < GAP)) {
                lengths[end] = (byte) sorted.get(end).length();
                end++;
            }
            images.add(image(sorted.subList(first, end), arena));
            first = end;
        }
        for (KeyChange.Word each : words) {
            images.add(new Image(
                    each.address(),
                    arena.allocate(ValueLayout.JAVA_LONG),
                    arena.allocateFrom(ValueLayout.JAVA_LONG, each.now()),
                    arena.allocateFrom(ValueLayout.JAVA_LONG, each.via()),
                    arena.allocateFrom(ValueLayout.JAVA_LONG, each.next())));
        }
    }

    private Image image(List<KeyChange.Site> sites, Arena arena) {
        long start = sites.getFirst().address();
        long size = sites.getLast().address() + sites.getLast().length() - start;
        Image image = new Image(
                start, arena.allocate(size), arena.allocate(size), arena.allocate(size), arena.allocate(size));
        memory.read(start, image.now);
        image.via.copyFrom(image.now);
        image.next.copyFrom(image.now);
        for (KeyChange.Site each : sites) {
            long at = each.address() - start;
            put(image.now, at, each.length(), each.now());
            put(image.via, at, each.length(), each.via());
            put(image.next, at, each.length(), each.next());
        }
        return image;
    }

    private static void put(MemorySegment image, long at, int length, long bytes) {
        for (int i = 0; i < length; i++) {
            image.set(ValueLayout.JAVA_BYTE, at + i, (byte) (bytes >>> Byte.SIZE * i));
        }
    }

    /// The addresses of the instructions, sorted.
    long[] addresses() {
        return addresses;
    }

    /// The lengths of the instructions.
    byte[] lengths() {
        return lengths;
    }

    /// Has the kernel copy all pages for this process that it shares with the file: so it need not while
    /// threads are stopped. Instructions are written as they are; a word is left alone, because threads write
    /// there.
    void touch() {
        require();
        for (int i = 0; i < addresses.length; i++) {
            boolean isNewPage = i == 0 || addresses[i] / Memory.PAGE != addresses[i - 1] / Memory.PAGE;
            if (isNewPage) {
                memory.write(addresses[i], memory.read(addresses[i], 1));
            }
        }
        for (Image each : images) {
            long first = each.address / Memory.PAGE + 1;
            long last = (each.address + each.now.byteSize() - 1) / Memory.PAGE;
            for (long page = first; each.now.byteSize() > Long.BYTES && page <= last; page++) {
                memory.write(page * Memory.PAGE, memory.read(page * Memory.PAGE, 1));
            }
        }
    }

    /// Compares what is there with what has to be.
    ///
    /// @throws NativePatchException if other code has changed it
    void require() {
        for (Image each : images) {
            memory.read(each.address, each.found);
            long other = each.found.mismatch(each.now);
            if (other >= 0) {
                throw ProcessRefusal.of(
                        "",
                        "the byte at 0x%x is %02x, not %02x: other code has changed it"
                                        .formatted(
                                                each.address + other,
                                                each.found.get(ValueLayout.JAVA_BYTE, other),
                                                each.now.get(ValueLayout.JAVA_BYTE, other))
                                + "; nothing was changed");
            }
        }
    }

    /// Writes all of them.
    void write(Form form) {
        for (Image each : images) {
            memory.write(
                    each.address,
                    switch (form) {
                        case NOW -> each.now;
                        case VIA -> each.via;
                        case NEXT -> each.next;
                    });
        }
    }
}
