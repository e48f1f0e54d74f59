package dev.repoint.linux.ptrace;

import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteRegisters;

/// Where a thread may be when it is borrowed.
enum SafePoint {
    /// Anywhere.
    ANY,
    /// In any system call that waits.
    WAITING,
    /// In a system call in which a thread waits for something outside of its process, or for a condition; so it
    /// holds neither the lock of `malloc` nor that of the loader, and it does not wait for one of them either.
    IDLE,
    /// The same, and it is not waited for.
    IDLE_NOW;

    /// Whether a thread is at such a place.
    boolean holds(RemoteRegisters registers) {
        long call = registers.waitsIn();
        return switch (this) {
            case ANY -> true;
            case WAITING -> call >= 0;
            case IDLE, IDLE_NOW -> Processors.remote().isIdle(call, registers);
        };
    }

    /// Whether a thread that is stopped at the beginning of a system call comes to such a place by it.
    boolean begins(RemoteRegisters registers) {
        return registers.begins() && Processors.remote().isIdle(registers.systemCall(), registers);
    }
}
