package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import java.util.Arrays;

/// What a site becomes.
///
/// | site | another function | nothing | zero |
/// | --- | --- | --- | --- |
/// | `e8` call | `e8 rel32` | 5-byte nop | `xor` padded to 5 |
/// | `e9` jump | `e9 rel32` | `ret` + int3 | `e9` to a zero veneer |
/// | `0f 8x` conditional jump | `0f 8x rel32` | `0f 8x` to a `ret` veneer | `0f 8x` to a zero veneer |
/// | `ff 15` pointer call | `67 e8 rel32` | 6-byte nop | `xor` padded to 6 |
/// | `ff 25` pointer jump | `e9 rel32 90` | `ret` + int3 | `e9` to a zero veneer, `90` |
///
/// `rel32 <- target - end of instruction, as int32`.
final class SiteWriter {

    private static final String REACH = "2 GiB";

    private SiteWriter() {}

    static byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        check(site, old);
        long start = site.address();
        return switch (site.kind()) {
            case CALL ->
                switch (outcome) {
                    case Outcome.To(long target) -> call(site, reached(site, Forms.BRANCH_LENGTH, target, veneers));
                    case Outcome.Nothing() -> Forms.callNothing();
                    case Outcome.Zero() -> Forms.callZero();
                };
            case JUMP ->
                switch (outcome) {
                    case Outcome.To(long target) -> jump(site, reached(site, Forms.BRANCH_LENGTH, target, veneers));
                    case Outcome.Nothing() -> Forms.jumpNothing();
                    case Outcome.Zero() -> jump(site, veneer(start + Forms.BRANCH_LENGTH, outcome, veneers));
                };
            case CONDITIONAL_JUMP ->
                switch (outcome) {
                    case Outcome.To(long target) ->
                        conditionalJump(site, old, reached(site, Forms.LONG_LENGTH, target, veneers));
                    case Outcome.Nothing(), Outcome.Zero() ->
                        conditionalJump(site, old, veneer(start + Forms.LONG_LENGTH, outcome, veneers));
                };
            case POINTER_CALL ->
                switch (outcome) {
                    case Outcome.To(long target) ->
                        pointerCall(site, reached(site, Forms.LONG_LENGTH, target, veneers));
                    case Outcome.Nothing() -> Forms.pointerCallNothing();
                    case Outcome.Zero() -> Forms.pointerCallZero();
                };
            case POINTER_JUMP ->
                switch (outcome) {
                    case Outcome.To(long target) ->
                        pointerJump(site, reached(site, Forms.BRANCH_LENGTH, target, veneers));
                    case Outcome.Nothing() -> Forms.pointerJumpNothing();
                    case Outcome.Zero() -> pointerJump(site, veneer(start + Forms.BRANCH_LENGTH, outcome, veneers));
                };
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> throw notWritten(site);
        };
    }

    static byte[] restore(Instruction original, byte[] now) throws OutOfRange {
        check(original, now);
        return switch (original) {
            case Instruction.Branch branch ->
                switch (branch.kind()) {
                    case CALL -> call(original, branch.destination());
                    case JUMP -> jump(original, branch.destination());
                    case CONDITIONAL_JUMP -> conditionalJump(original, now, branch.destination());
                    case POINTER_CALL, POINTER_JUMP, ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER ->
                        throw notWritten(original);
                };
            case Instruction.PointerBranch pointer ->
                rel32(
                        original,
                        Forms.bytes(
                                Forms.GROUP_5,
                                pointer.kind() == SiteKind.POINTER_CALL ? Forms.POINTER_CALL : Forms.POINTER_JUMP,
                                0,
                                0,
                                0,
                                0),
                        2,
                        pointer.slot());
            case Instruction.Reference _, Instruction.Emptied _ -> throw notWritten(original);
        };
    }

    private static void check(Instruction site, byte[] bytes) throws OutOfRange {
        if (site.length() == 2) {
            throw new OutOfRange("the %s at 0x%x is a short one of 2 bytes: there is no room for another target"
                    .formatted(site.kind().text(), site.address()));
        }
        int length = switch (site.kind()) {
            case CALL, JUMP -> Forms.BRANCH_LENGTH;
            case CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP -> Forms.LONG_LENGTH;
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> throw notWritten(site);
        };
        if (site.length() != length || bytes.length != length) {
            throw new IllegalArgumentException("a %s has %d bytes, not %d and %d"
                    .formatted(site.kind().text(), length, site.length(), bytes.length));
        }
        boolean conditional = bytes[0] == Forms.TWO_BYTE && (bytes[1] & 0xf0) == Forms.JCC;
        if (site.kind() == SiteKind.CONDITIONAL_JUMP && !conditional) {
            throw new IllegalArgumentException("no conditional jump: " + Arrays.toString(bytes));
        }
    }

    private static byte[] call(Instruction site, long target) throws OutOfRange {
        return rel32(site, Forms.bytes(Forms.CALL, 0, 0, 0, 0), 1, target); // call target
    }

    private static byte[] jump(Instruction site, long target) throws OutOfRange {
        return rel32(site, Forms.bytes(Forms.JUMP, 0, 0, 0, 0), 1, target); // jmp target
    }

    private static byte[] conditionalJump(Instruction site, byte[] old, long target) throws OutOfRange {
        return rel32(site, Forms.bytes(Forms.TWO_BYTE, old[1], 0, 0, 0, 0), 2, target); // jcc target
    }

    private static byte[] pointerCall(Instruction site, long target) throws OutOfRange {
        return rel32(site, Forms.bytes(Forms.ADDR32, Forms.CALL, 0, 0, 0, 0), 2, target); // addr32 call target
    }

    private static byte[] pointerJump(Instruction site, long target) throws OutOfRange {
        return rel32(site, Forms.bytes(Forms.JUMP, 0, 0, 0, 0, Forms.NOP), 1, target); // jmp target; nop
    }

    /// Fills a displacement: `bytes[at..at+4] <- target - (address + at + 4), as int32`.
    private static byte[] rel32(Instruction site, byte[] bytes, int at, long target) throws OutOfRange {
        long displacement = target - (site.address() + at + 4);
        if (displacement != (int) displacement) {
            throw OutOfRange.of(site.kind(), site.address(), target, REACH);
        }
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (displacement >> 8 * i);
        }
        return bytes;
    }

    /// The target, or a veneer that goes there.
    private static long reached(Instruction site, int end, long target, VeneerSource veneers) throws OutOfRange {
        long from = site.address() + end;
        long displacement = target - from;
        return displacement == (int) displacement ? target : veneer(from, new Outcome.To(target), veneers);
    }

    private static long veneer(long from, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        return veneers.veneer(outcome, from + Integer.MIN_VALUE, from + Integer.MAX_VALUE);
    }

    private static IllegalArgumentException notWritten(Instruction site) {
        return new IllegalArgumentException("the %s at 0x%x is not written as an instruction"
                .formatted(site.kind().text(), site.address()));
    }
}
