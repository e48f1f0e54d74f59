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
    private static final @Nullable MethodHandle REGISTER =
            function("__register_frame", FunctionDescriptor.ofVoid(ADDRESS));
    private static final @Nullable MethodHandle FIND =
            function("_Unwind_FindEnclosingFunction", FunctionDescriptor.of(ADDRESS, ADDRESS));

    private UnwindFrames() {}

    private static @Nullable MethodHandle function(String name, FunctionDescriptor type) {
        try {
            long function = Loader.symbol(Loader.open(LIBRARY, Loader.NOW | Loader.NODELETE), name);
            return function == 0 ? null : Linker.nativeLinker().downcallHandle(MemorySegment.ofAddress(function), type);
        } catch (CallFailedException e) {
            return null;
        }
    }

    /// Looks for an unwind entry, so that the loader binds what the unwinder calls for that.
    ///
    /// @return whether there is an unwinder
    public static boolean use() {
        MethodHandle find = FIND;
        if (find == null) {
            return false;
        }
        try {
            var _ = (MemorySegment) find.invokeExact(MemorySegment.NULL);
            return true;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
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
}
