package dev.repoint.linux.ptrace;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.call.Tracing;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.processor.ReturnFrame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The registers and the signal mask of a stopped thread of another process, which it gets back in the end.
final class ThreadState {

    private static final int LARGEST_VECTORS = 1 << 16;
    /// The C libraries keep less than this above the thread-local words, at the end of a stack.
    private static final long LARGEST_TOP = 8192;

    private final Tracee thread;
    private final RemoteRegisters registers;
    private final MemorySegment mask;
    private final MemorySegment vectors;
    /// An `iovec` of them.
    private final MemorySegment vector;
    private int kind;

    ThreadState(Tracee thread, Arena arena) {
        this.thread = thread;
        this.registers = Tracee.registers(arena);
        this.mask = arena.allocate(JAVA_LONG);
        this.vectors = arena.allocate(LARGEST_VECTORS, Long.BYTES);
        this.vector = arena.allocate(ADDRESS.byteSize() * 2, Long.BYTES);
    }

    /// Its general registers, as they were saved.
    RemoteRegisters registers() {
        return registers;
    }

    /// Reads all of it. A wait that the thread is in is to go on afterwards.
    ///
    /// @return false if the thread does not let that be
    boolean save() {
        if (thread.registers().keepWaiting() && !thread.writeRegisters(thread.registers())) {
            return false;
        }
        registers.copyFrom(thread.registers());
        vector.set(ADDRESS, 0, vectors);
        boolean read = false;
        for (int each : Processors.remote().vectors()) {
            if (!read) {
                kind = each;
                vector.set(JAVA_LONG, Long.BYTES, LARGEST_VECTORS);
                read = thread.registerSet(Tracing.GET_REGISTER_SET, each, vector);
            }
        }
        return read && thread.readMask(mask);
    }

    /// Gives it all back.
    void restore() {
        thread.registerSet(Tracing.SET_REGISTER_SET, kind, vector);
        thread.writeMask(mask);
        thread.writeRegisters(registers);
    }

    /// The frame by which the thread gets it all back by itself.
    ///
    /// @param reserve    the number of bytes to leave free above the frame
    /// @param again      the general registers with which the thread is to go on
    /// @param trampoline the address of a call of `rt_sigreturn`
    ReturnFrame frame(int reserve, RemoteRegisters again, long trampoline, Arena arena) {
        MemorySegment stored = vectors.asSlice(0, vector.get(JAVA_LONG, Long.BYTES));
        return Processors.remote().frame(reserve, again, mask.get(JAVA_LONG, 0), stored, trampoline, arena);
    }

    /// Whether memory between an address and the stack pointer is of the stack that the thread was started with.
    /// The thread-local words stand at its top, and nothing that may be read is below it. Below any other stack,
    /// such as that of a signal handler or of a coroutine, are data of the program.
    ///
    /// @param spare how many bytes below the address must be of the stack, too, unless it grows by itself
    boolean isOwnStack(long address, long spare, Mappings mappings) {
        long top = registers.stackPointer();
        Mapping main = mappings.containing(address, top - address);
        boolean grows = main != null && main.path().equals("[stack]");
        long lowest = grows ? address : address - spare;
        Mapping holds = mappings.containing(lowest, top - lowest);
        if (holds == null || !holds.isWritable()) {
            return false;
        }
        if (holds.path().equals("[stack]")) {
            return true;
        }
        long words = registers.threadPointer();
        Mapping below = mappings.containing(holds.start() - 1, 1);
        boolean isGuarded = below == null || !below.isReadable();
        return words > top && words < holds.end() && (isGuarded || holds.end() - words <= LARGEST_TOP);
    }
}
