package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The barrier that makes every processor which runs this process see changed code: `membarrier(2)`, private,
/// expedited, with a serialising instruction on each. From Linux 4.16 on.
public final class Barrier {

    private static final long SYS_MEMBARRIER = OwnMachine.own().membarrier();
    private static final int PRIVATE_EXPEDITED_SYNC_CORE = 1 << 5;
    private static final int REGISTER_PRIVATE_EXPEDITED_SYNC_CORE = 1 << 6;
    private static final MethodHandle SYSCALL =
            Libc.variadic("syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT));

    private Barrier() {}

    /// Says that this process will use the barrier. Again is harmless.
    ///
    /// @throws CallFailedException if the kernel has no such barrier, or a sandbox forbids it
    public static void register() {
        call("membarrier (register)", REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);
    }

    /// When it returns, every thread that was running has run a serialising instruction after all that this
    /// thread stored before; one that was not running does so before it runs again.
    ///
    /// @throws CallFailedException if the process is not registered
    public static void everywhere() {
        call("membarrier", PRIVATE_EXPEDITED_SYNC_CORE);
    }

    private static void call(String name, int command) {
        MemorySegment state = Libc.state();
        try {
            Libc.checked(name, (long) SYSCALL.invokeExact(state, SYS_MEMBARRIER, command, 0, 0), state);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
