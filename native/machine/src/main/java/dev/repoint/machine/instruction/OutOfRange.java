package dev.repoint.machine.instruction;

import dev.repoint.elf.ElfException;

/// An effect that cannot be encoded in the place of an instruction: the target is too far away, or the instruction
/// too short.
public final class OutOfRange extends ElfException {

    private static final long serialVersionUID = 1L;

    /// @param message one line
    public OutOfRange(String message) {
        super(message);
    }

    /// An instruction whose target is too far away.
    ///
    /// @param kind    of the instruction
    /// @param from    its address
    /// @param to      the address that it does not reach
    /// @param reach   as people read it: `2 GiB`
    public static OutOfRange of(SiteKind kind, long from, long to, String reach) {
        return new OutOfRange("the %s at 0x%x does not reach 0x%x: that is %s away, and it reaches %s"
                .formatted(kind.text(), from, to, distance(from, to), reach));
    }

    private static String distance(long from, long to) {
        long distance = to - from;
        return distance < 0 ? "-0x" + Long.toHexString(-distance) : "0x" + Long.toHexString(distance);
    }
}
