package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Tells the unwinder of this process (`libgcc_s`) about code that was made at run time, so that backtraces and
/// C++ exceptions get through it.
///
/// A process without this library has no unwinder that could be told.
public final class UnwindFrames {

    private static final String LIBRARY = "libgcc_s.so.1";
    private static final @Nullable MethodHandle REGISTER = register();
    private static final int LEAF_LENGTH = 56;

    private UnwindFrames() {}

    private static @Nullable MethodHandle register() {
        try {
            long function = Loader.symbol(Loader.open(LIBRARY, Loader.NOW | Loader.NODELETE), "__register_frame");
            return function == 0
                    ? null
                    : Linker.nativeLinker()
                            .downcallHandle(MemorySegment.ofAddress(function), FunctionDescriptor.ofVoid(ADDRESS));
        } catch (CallFailedException e) {
            return null;
        }
    }

    /// Adds unwind entries, for ever.
    ///
    /// @param entries the address of what a section `.eh_frame` has, with four zeros behind; it stays there
    public static void add(long entries) {
        MethodHandle register = REGISTER;
        if (register != null) {
            try {
                register.invokeExact(MemorySegment.ofAddress(entries));
            } catch (Throwable e) {
                throw Libc.unexpected(e);
            }
        }
    }

    /// Adds an unwind entry for code that has nothing on the stack but its return address.
    public static void addLeaf(long code, long length) {
        long entries = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
        Memory.bytes(entries, leaf(code, length));
        add(entries);
    }

    private static byte[] leaf(long code, long length) {
        ByteBuffer entry = ByteBuffer.allocate(LEAF_LENGTH + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        entry.putInt(20).putInt(0); // a common information entry
        entry.put((byte) 1).put(new byte[] {'z', 'R', 0});
        entry.put((byte) 1).put((byte) 0x78).put((byte) 16); // code by 1, data by -8, the return address is rip
        entry.put((byte) 1).put((byte) 0); // R: DW_EH_PE_absptr
        entry.put(new byte[] {0x0c, 7, 8}); // DW_CFA_def_cfa: rsp + 8
        entry.put(new byte[] {(byte) 0x90, 1}); // DW_CFA_offset: rip at cfa - 8
        entry.position(24);
        entry.putInt(28).putInt(28); // a frame description entry, 28 bytes behind its common one
        entry.putLong(code).putLong(length).put((byte) 0);
        return entry.array();
    }
}
