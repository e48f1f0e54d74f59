package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// When the calling thread gets a processor: `sched_setscheduler(2)`.
public final class Scheduling {

    private static final int OTHER = 0;
    private static final int FIFO = 1;
    private static final int RESET_ON_FORK = 0x4000_0000;
    private static final MethodHandle SET =
            Libc.function("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MemorySegment NONE = priority(0);
    private static final MemorySegment LOWEST = priority(1);

    private Scheduling() {}

    /// Before all threads that have no real-time priority, for the moment in which others stand still and wait
    /// for this one.
    ///
    /// @return false if it is not permitted (it needs `CAP_SYS_NICE`, or `ulimit -r` of at least 1), and
    ///     nothing has changed
    public static boolean urgent() {
        return set(FIFO | RESET_ON_FORK, LOWEST);
    }

    /// As all others.
    public static void ordinary() {
        set(OTHER, NONE);
    }

    private static boolean set(int policy, MemorySegment priority) {
        MemorySegment state = Libc.state();
        try {
            return (int) SET.invokeExact(state, 0, policy, priority) == 0;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private static MemorySegment priority(int value) {
        return Arena.global().allocateFrom(JAVA_INT, value);
    }
}
