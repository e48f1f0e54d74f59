package dev.repoint.linux;

import dev.repoint.linux.call.HotSpot;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.poke.Poker;
import dev.repoint.machine.trap.UpcallSlots;
import java.util.HashMap;
import java.util.Map;

/// Code that lets only those threads into a method of Java that may enter Java. Never freed. Guarded by the lock of
/// [NativeRegistry].
final class UpcallGuards {

    private final Map<Use, Long> guards = new HashMap<>();

    private record Use(long stub, long original) {}

    /// The address of code that calls a method, or the default.
    ///
    /// @param stub     the address of the code that calls the method
    /// @param original the address of the default
    /// @throws dev.repoint.linux.call.CallFailedException if this JVM is not known well enough
    long of(long stub, long original) {
        return guards.computeIfAbsent(new Use(stub, original), use -> {
            long slots = Memory.map((long) UpcallSlots.COUNT * UpcallSlots.SIZE, Memory.READ | Memory.WRITE);
            byte[] code = Poker.instance().live().guard(HotSpot.machine(), slots, stub, original);
            long guard = Memory.map(code.length, Memory.READ | Memory.WRITE);
            Memory.bytes(guard, code);
            Memory.protect(guard, code.length, Memory.READ | Memory.EXECUTE);
            Poker.instance().synchronise(guard, code.length);
            return guard;
        });
    }
}
