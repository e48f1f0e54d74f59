package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// What the processor and the kernel protect this process with: `getauxval(3)`, `prctl(2)`.
public final class ProcessFeatures {

    private static final long AT_HWCAP2 = 26;
    private static final int PR_GET_SHADOW_STACK_STATUS = 74;
    private static final int PR_SHADOW_STACK_ENABLE = 1;
    private static final MethodHandle GETAUXVAL = Libc.plain("getauxval", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PRCTL = Libc.variadic(
            "prctl", 1, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private ProcessFeatures() {}

    /// The second word of features that the processor has (`asm/hwcap.h`).
    public static long hardware2() {
        try {
            return (long) GETAUXVAL.invokeExact(AT_HWCAP2);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Whether this thread has a stack of return addresses that the processor guards.
    ///
    /// @return false as well if the kernel knows of none
    public static boolean hasGuardedStack() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_LONG);
            int result = (int) PRCTL.invokeExact(Libc.state(), PR_GET_SHADOW_STACK_STATUS, status, 0L, 0L, 0L);
            return result == 0 && (status.get(JAVA_LONG, 0) & PR_SHADOW_STACK_ENABLE) != 0;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
