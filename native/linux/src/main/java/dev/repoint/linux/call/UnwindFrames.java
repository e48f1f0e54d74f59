package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Tells the unwinder of this process (`libgcc_s`) about code that was made at run time, so that backtraces and
/// C++ exceptions get through it.
///
/// A process without this library has no unwinder that could be told.
public final class UnwindFrames {

    private static final String LIBRARY = "libgcc_s.so.1";
    private static final @Nullable MethodHandle REGISTER = register();

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

    /// Adds unwind entries that are copied, for ever.
    ///
    /// @param entries up to a page of what a section `.eh_frame` has, with four zeros behind
    public static void add(byte[] entries) {
        long copy = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
        Memory.bytes(copy, entries);
        add(copy);
    }
}
