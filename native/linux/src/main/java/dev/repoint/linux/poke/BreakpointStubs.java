package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.linux.unwind.OwnUnwindIndex;
import java.util.HashMap;
import java.util.Map;

/// The content of pointers while a batch is applied: a pointer cannot have a breakpoint, but its target can.
///
/// A gate is a landing pad and a trap ([LiveCode#gate]). The handler treats it as a jump to the old target of its pointer, or to the new one
/// afterwards. It belongs to one pointer for ever and stays what it is: who has read the pointer meanwhile, and
/// calls much later, gets the target that the pointer has then.
final class BreakpointStubs {

    private static final int SIZE = 16;

    private final Map<Long, Long> stubs = new HashMap<>();
    private final CodeMemory memory;
    private final LiveCode live;
    private long next;
    private long end;

    BreakpointStubs(CodeMemory memory, LiveCode live) {
        this.memory = memory;
        this.live = live;
    }

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
                Memory.bytes(gate, live.gate());
            }
            Memory.protect(next, Memory.PAGE, Memory.READ | Memory.EXECUTE);
            memory.synchronise(next, Memory.PAGE);
            OwnUnwindIndex.instance().addLeaf(live, next, Memory.PAGE);
        }
        long gate = next;
        next += SIZE;
        stubs.put(word, gate);
        return gate;
    }
}
