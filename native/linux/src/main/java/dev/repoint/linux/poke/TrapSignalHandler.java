package dev.repoint.linux.poke;

import dev.repoint.linux.call.Barrier;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.SignalAction;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.linux.unwind.OwnUnwindIndex;
import dev.repoint.machine.trap.TrapSignal;

/// The handler of a signal of this process, as soon as there is one of ours.
final class TrapSignalHandler {

    /// SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV: where one of these is blocked, an error ends the process.
    private static final long ERRORS = 1L << 3 | 1L << 4 | 1L << 6 | 1L << 7 | 1L << 10;

    private final TrapSignal signal;
    private final long address;

    private TrapSignalHandler(TrapSignal signal, long address) {
        this.signal = signal;
        this.address = address;
    }

    /// Emits the handler and makes it the one for the signal. What was there before gets the traps that are not
    /// ours, with the signals blocked that it wanted blocked. Meanwhile other signals wait, so that a backtrace in
    /// the handler of one of them never begins in ours, where the thread has not been sent on yet.
    ///
    /// @throws dev.repoint.linux.call.CallFailedException if the kernel lacks what is needed, or a sandbox
    ///     forbids it
    static TrapSignalHandler install(TrapSignal signal, TrapTable table, CodeMemory memory, LiveCode live) {
        Barrier.register();
        byte[] code = live.handler(signal, table.state());
        long address = Memory.map(code.length, Memory.READ | Memory.WRITE);
        Memory.bytes(address, code);
        Memory.protect(address, code.length, Memory.READ | Memory.EXECUTE);
        memory.synchronise(address, code.length);
        OwnUnwindIndex.instance().addLeaf(live, address, code.length);
        Barrier.everywhere();
        SignalAction before = SignalAction.of(signal.number());
        table.previous(signal, before.handler(), before.mask());
        new SignalAction(address, ~ERRORS, SignalAction.SIGINFO | SignalAction.ONSTACK | SignalAction.NODEFER)
                .install(signal.number());
        return new TrapSignalHandler(signal, address);
    }

    /// Checks that the signal still comes here.
    ///
    /// @throws PokeException if other code has replaced it since
    void requireOurs() {
        SignalAction now = SignalAction.of(signal.number());
        if (now.handler() != address) {
            throw PokeException.of(
                    0,
                    "the handler of " + (signal == TrapSignal.BREAKPOINT ? "SIGTRAP" : "SIGILL") + " was replaced by "
                            + name(now.handler())
                            + ": code cannot be changed under running threads; restore the handler that was there,"
                            + " or install the other one before the first patch");
        }
    }

    private static String name(long handler) {
        if (handler == 0 || handler == 1) {
            return handler == 0 ? "the default action (SIG_DFL)" : "nothing (SIG_IGN)";
        }
        Mapping mapping = Mappings.now().containing(handler, 1);
        String where = mapping == null || mapping.path().isEmpty() ? "" : " in " + mapping.path();
        return "one at 0x" + Long.toHexString(handler) + where;
    }
}
