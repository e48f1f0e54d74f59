package dev.repoint.linux.poke;

import dev.repoint.linux.call.Barrier;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.SignalAction;
import dev.repoint.linux.memory.Mapping;
import dev.repoint.linux.memory.Mappings;
import dev.repoint.machine.trap.TrapHandler;

/// The handler of SIGTRAP of this process, as soon as there is one of ours.
final class SigtrapHandler {

    private final long address;

    private SigtrapHandler(long address) {
        this.address = address;
    }

    /// Emits the handler and makes it the one for SIGTRAP. What was there before gets the traps that are not
    /// ours, with the signals blocked that it wanted blocked.
    ///
    /// @throws dev.repoint.linux.call.CallFailedException if the kernel lacks what is needed, or a sandbox
    ///     forbids it
    static SigtrapHandler install(TrapTable table) {
        Barrier.register();
        byte[] code = TrapHandler.emit(table.state());
        long address = Memory.map(code.length, Memory.READ | Memory.WRITE);
        Memory.bytes(address, code);
        Memory.protect(address, code.length, Memory.READ | Memory.EXECUTE);
        Barrier.everywhere();
        SignalAction before = SignalAction.of(SignalAction.SIGTRAP);
        table.previous(before.handler());
        long ownSignal = 1L << SignalAction.SIGTRAP - 1;
        new SignalAction(
                        address,
                        before.mask() & ~ownSignal,
                        SignalAction.SIGINFO | SignalAction.ONSTACK | SignalAction.NODEFER)
                .install(SignalAction.SIGTRAP);
        return new SigtrapHandler(address);
    }

    /// Checks that SIGTRAP still comes here.
    ///
    /// @throws PokeException if other code has replaced it since
    void requireOurs() {
        SignalAction now = SignalAction.of(SignalAction.SIGTRAP);
        if (now.handler() != address) {
            throw PokeException.of(
                    0,
                    "the handler of SIGTRAP was replaced by " + name(now.handler())
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
