package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Memory of this process by its addresses: `mmap(2)`, `mprotect(2)`, loads and stores.
///
/// A load or store at an address that is not mapped ends the process: know that it is.
public final class Memory {

    /// The size of a page: 4, 16 or 64 KiB, as the kernel has it.
    public static final int PAGE = Libc.pageSize();
    /// `PROT_READ`.
    public static final int READ = 1;
    /// `PROT_WRITE`.
    public static final int WRITE = 2;
    /// `PROT_EXEC`.
    public static final int EXECUTE = 4;

    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_FIXED_NOREPLACE = 0x100000;

    private static final MethodHandle MMAP = Libc.function(
            "mmap", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            Libc.function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle MPROTECT =
            Libc.function("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final VarHandle INT32 = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private Memory() {}

    /// New pages of zeros, anywhere.
    ///
    /// @param length     in bytes; whole pages are given
    /// @param protection of [#READ], [#WRITE], [#EXECUTE]
    /// @return the address of the first
    /// @throws CallFailedException if there is no memory
    public static long map(long length, int protection) {
        return map(0, length, protection, 0);
    }

    /// New pages of zeros at an address where nothing is mapped.
    ///
    /// @param address of the first page
    /// @return whether that was possible; if not, nothing has changed
    public static boolean mapAt(long address, long length, int protection) {
        try {
            long mapped = map(address, length, protection, MAP_FIXED_NOREPLACE);
            if (mapped == address) {
                return true;
            }
            unmap(mapped, length); // a kernel before 4.17 takes the address for a hint
            return false;
        } catch (CallFailedException e) {
            return false;
        }
    }

    private static long map(long address, long length, int protection, int flags) {
        MemorySegment state = Libc.state();
        try {
            long mapped = (long) MMAP.invokeExact(
                    state,
                    MemorySegment.ofAddress(address),
                    length,
                    protection,
                    MAP_PRIVATE | MAP_ANONYMOUS | flags,
                    -1,
                    0L);
            return Libc.checked("mmap of " + length + " bytes", mapped, state);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Gives pages back.
    public static void unmap(long address, long length) {
        MemorySegment state = Libc.state();
        try {
            int result = (int) MUNMAP.invokeExact(state, MemorySegment.ofAddress(address), length);
            Libc.checked("munmap", result, state);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Changes what may be done with pages.
    ///
    /// @throws CallFailedException if the system forbids it, or not all of them are mapped
    public static void protect(long address, long length, int protection) {
        MemorySegment state = Libc.state();
        try {
            int result = (int) MPROTECT.invokeExact(state, MemorySegment.ofAddress(address), length, protection);
            Libc.checked("mprotect of 0x" + Long.toHexString(address), result, state);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// The byte at an address, 0 to 255.
    public static int u8(long address) {
        return ALL.get(BYTE, address) & 0xff;
    }

    /// The word of 8 bytes at an address that is a multiple of 8, read at once.
    public static long word(long address) {
        return (long) WORD.getVolatile(ALL, address);
    }

    /// Stores a byte.
    public static void u8(long address, int value) {
        ALL.set(BYTE, address, (byte) value);
    }

    /// Stores a word of 8 bytes at an address that is a multiple of 8, at once, and after all that was stored
    /// before.
    public static void word(long address, long value) {
        WORD.setVolatile(ALL, address, value);
    }

    /// The same with no order between it and other stores.
    public static void plainWord(long address, long value) {
        WORD.set(ALL, address, value);
    }

    /// Stores a word of 8 bytes at an address that is a multiple of 8, if it holds what is expected; at once.
    ///
    /// @return what it held
    public static long exchange(long address, long expected, long value) {
        return (long) WORD.compareAndExchange(ALL, address, expected, value);
    }

    /// Up to 8 bytes, the first one lowest.
    public static long bytesAsWord(long address, int length) {
        long value = 0;
        int i = length;
        while (i > 0) {
            if (i >= Integer.BYTES) {
                i -= Integer.BYTES;
                value = value << Integer.SIZE | Integer.toUnsignedLong(ALL.get(INT, address + i));
            } else {
                i--;
                value = value << Byte.SIZE | ALL.get(BYTE, address + i) & 0xff;
            }
        }
        return value;
    }

    /// Stores up to 8 bytes, the first one lowest.
    public static void wordAsBytes(long address, long value, int length) {
        int i = 0;
        for (; i + Integer.BYTES <= length; i += Integer.BYTES) {
            ALL.set(INT, address + i, (int) (value >>> Byte.SIZE * i));
        }
        for (; i < length; i++) {
            ALL.set(BYTE, address + i, (byte) (value >>> Byte.SIZE * i));
        }
    }

    /// Stores 4 bytes at an address that is a multiple of 4, at once, the first one lowest.
    public static void int32(long address, int value) {
        INT32.setOpaque(ALL, address, value);
    }

    /// Stores bytes.
    public static void bytes(long address, byte[] values) {
        MemorySegment.copy(values, 0, ALL, BYTE, address, values.length);
    }

    /// A copy of bytes.
    public static byte[] bytes(long address, int length) {
        return ALL.asSlice(address, length).toArray(BYTE);
    }

    /// A range of memory, read only.
    public static MemorySegment range(long address, long length) {
        return ALL.asSlice(address, length).asReadOnly();
    }
}
