package dev.repoint.machine.entry;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Executable memory of this process near a library that it loaded, for copies.
final class NearPages {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final long SIZE = 1 << 20;
    private static final long STEP = 1 << 22;
    private static final long LIMIT = 1L << 30;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS_NO_REPLACE = 0x10_0022;

    private final SymbolLookup library;
    /// What is added to the addresses of the file.
    private final long base;
    private final MemorySegment pages;
    private long used;

    /// @param known a function that has a name
    NearPages(Assembled assembled, String known) throws Throwable {
        library = SymbolLookup.libraryLookup(assembled.path(), Arena.global());
        base = library.findOrThrow(known).address() - assembled.address(known);
        MethodHandle mmap = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("mmap"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG));
        long found = 0;
        for (long distance = STEP; found == 0; distance = distance > 0 ? -distance : STEP - distance) {
            if (distance > LIMIT) {
                throw new AssertionError("no memory near the library");
            }
            long hint = (base & -STEP) + distance;
            long got = (long) mmap.invokeExact(hint, SIZE, READ_WRITE_EXECUTE, PRIVATE_ANONYMOUS_NO_REPLACE, -1, 0L);
            found = Math.abs(base - got) < LIMIT ? got : 0;
        }
        pages = MemorySegment.ofAddress(found).reinterpret(SIZE);
    }

    /// Where the next bytes will stand, as addresses of the file count.
    long next() {
        used = used + 15 & -16L;
        return pages.address() + used - base;
    }

    /// Writes bytes where [#next] said.
    ///
    /// @return where they are in this process
    MemorySegment write(byte[] bytes) {
        MemorySegment place = pages.asSlice(used, bytes.length);
        place.copyFrom(MemorySegment.ofArray(bytes));
        used += bytes.length;
        return place;
    }

    MemorySegment function(String name) {
        return library.findOrThrow(name);
    }

    long base() {
        return base;
    }

    static MethodHandle call(MemorySegment function, FunctionDescriptor type) {
        return LINKER.downcallHandle(function, type);
    }
}
