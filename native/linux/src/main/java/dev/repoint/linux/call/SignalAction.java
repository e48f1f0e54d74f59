package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// What happens when a signal arrives: `sigaction(2)`, with glibc's `struct sigaction` of 64-bit Linux.
///
/// @param handler the address of its function; 0 for the default action, 1 to ignore it
/// @param mask    the first 64 signals that are blocked meanwhile, signal 1 lowest
/// @param flags   `SA_...`
public record SignalAction(long handler, long mask, int flags) {

    /// The signal of breakpoints.
    public static final int SIGTRAP = 5;
    /// `SA_SIGINFO`: the handler takes three arguments.
    public static final int SIGINFO = 0x4;
    /// `SA_ONSTACK`: on the thread's signal stack, if it has one.
    public static final int ONSTACK = 0x0800_0000;
    /// `SA_NODEFER`: the signal itself is not blocked meanwhile.
    public static final int NODEFER = 0x4000_0000;

    private static final long SIZE = 152;
    private static final long MASK = 8;
    private static final long FLAGS = 136;
    private static final MethodHandle SIGACTION =
            Libc.function("sigaction", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    /// What is to happen for a signal now.
    public static SignalAction of(int signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment now = arena.allocate(SIZE, Long.BYTES);
            call(signal, MemorySegment.NULL, now);
            return new SignalAction(now.get(JAVA_LONG, 0), now.get(JAVA_LONG, MASK), now.get(JAVA_INT, FLAGS));
        }
    }

    /// Makes this what is to happen for a signal.
    public void install(int signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment next = arena.allocate(SIZE, Long.BYTES);
            next.set(JAVA_LONG, 0, handler);
            next.set(JAVA_LONG, MASK, mask);
            next.set(JAVA_INT, FLAGS, flags);
            call(signal, next, MemorySegment.NULL);
        }
    }

    private static void call(int signal, MemorySegment next, MemorySegment now) {
        MemorySegment state = Libc.state();
        try {
            Libc.checked("sigaction", (int) SIGACTION.invokeExact(state, signal, next, now), state);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
