package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Functions of the C library, and the one place where what they leave in `errno` becomes an exception.
final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final long LONGEST_TEXT = 256;
    private static final MethodHandle STRERROR = plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final ThreadLocal<MemorySegment> STATES =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private Libc() {}

    /// A function that sets `errno`. Its handle takes [#state] before the arguments.
    static MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(address(name), type, Linker.Option.captureCallState("errno"));
    }

    /// The same with a variable number of arguments.
    ///
    /// @param fixed how many are not variable
    static MethodHandle variadic(String name, int fixed, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                address(name), type, Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed));
    }

    /// A function that does not set `errno`.
    static MethodHandle plain(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(address(name), type);
    }

    /// Where this thread's calls leave `errno`.
    static MemorySegment state() {
        return STATES.get();
    }

    /// The result of a call, unless it is -1.
    ///
    /// @param call   as messages call it
    /// @param result what it returned
    /// @param state  that it was given
    /// @throws CallFailedException if the result is -1
    static long checked(String call, long result, MemorySegment state) {
        if (result != -1) {
            return result;
        }
        int errno = errno(state);
        throw new CallFailedException(call, errno, text(errno));
    }

    /// The number that the last call left.
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /// What a handle of a function may throw is nothing but errors of the JVM: none is declared by C.
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    /// The size of a page.
    static int pageSize() {
        try {
            return (int) plain("getpagesize", FunctionDescriptor.of(JAVA_INT)).invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// What a number means: `No such process (errno 3)`.
    static String text(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(LONGEST_TEXT).getString(0) + " (errno " + errno + ")";
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MemorySegment address(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }
}
