package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.UnwindFrames;
import java.util.HashMap;
import java.util.Map;

/// The content of pointers while a batch is applied: a pointer cannot have a breakpoint, but its target can.
///
/// A gate is `endbr64; int3`. The handler treats it as a jump to the old target of its pointer, or to the new one
/// afterwards. It belongs to one pointer for ever and stays what it is: who has read the pointer meanwhile, and
/// calls much later, gets the target that the pointer has then.
final class BreakpointStubs {

    /// From the start of a gate to its breakpoint.
    static final int BREAKPOINT = 4;

    private static final int SIZE = 16;
    private static final byte[] CODE = {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa, (byte) 0xcc}; // endbr64; int3

    private final Map<Long, Long> stubs = new HashMap<>();
    private long next;
    private long end;

    /// The gate of a pointer.
    ///
    /// @param word the address of the pointer
    long of(long word) {
        Long known = stubs.get(word);
        if (known != null) {
            return known;
        }
        if (next == end) {
            next = Memory.map(Memory.PAGE, Memory.READ | Memory.WRITE);
            end = next + Memory.PAGE;
            for (long gate = next; gate < end; gate += SIZE) {
                Memory.bytes(gate, CODE);
            }
            Memory.protect(next, Memory.PAGE, Memory.READ | Memory.EXECUTE);
            UnwindFrames.addLeaf(next, Memory.PAGE);
        }
        long gate = next;
        next += SIZE;
        stubs.put(word, gate);
        return gate;
    }
}
