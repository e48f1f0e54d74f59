package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.VeneerSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a site becomes.
///
/// | site | another function | nothing | zero |
/// | --- | --- | --- | --- |
/// | `bl` call | `bl` | `nop` | `mov x0, xzr` |
/// | `b` jump | `b` | `ret` | `b` to a zero veneer |
/// | `b.cond`, `cbz`, `tbz` conditional jump | the same | the same, to a `ret` veneer | the same, to a zero veneer |
///
/// A target out of reach gets a veneer.
final class SiteWriter {

    private SiteWriter() {}

    static byte[] encode(Instruction site, byte[] old, Outcome outcome, VeneerSource veneers) throws OutOfRange {
        int word = word(site, old);
        return switch (site.kind()) {
            case CALL ->
                switch (outcome) {
                    case Outcome.To _ ->
                        bytes(DistanceField.IMM26.fill(
                                Word.BL, site, target(DistanceField.IMM26, site, outcome, veneers)));
                    case Outcome.Nothing() -> bytes(Word.NOP); // nop
                    case Outcome.Zero() -> bytes(Word.ZERO); // mov x0, xzr
                };
            case JUMP ->
                switch (outcome) {
                    case Outcome.To _, Outcome.Zero() ->
                        bytes(DistanceField.IMM26.fill(
                                Word.B, site, target(DistanceField.IMM26, site, outcome, veneers)));
                    case Outcome.Nothing() -> bytes(Word.RET); // ret
                };
            case CONDITIONAL_JUMP -> {
                DistanceField field = DistanceField.ofConditional(word);
                yield bytes(field.fill(word, site, target(field, site, outcome, veneers)));
            }
            case POINTER_CALL, POINTER_JUMP, ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> throw notWritten(site);
        };
    }

    static byte[] restore(Instruction original, byte[] now) throws OutOfRange {
        int word = word(original, now);
        return switch (original) {
            case Instruction.Branch branch ->
                switch (branch.kind()) {
                    case CALL ->
                        bytes(DistanceField.IMM26.fill(Word.BL, branch, branch.destination())); // bl destination
                    case JUMP -> bytes(DistanceField.IMM26.fill(Word.B, branch, branch.destination())); // b destination
                    case CONDITIONAL_JUMP ->
                        bytes(DistanceField.ofConditional(word).fill(word, branch, branch.destination()));
                    case POINTER_CALL, POINTER_JUMP, ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER ->
                        throw notWritten(original);
                };
            case Instruction.PointerBranch _, Instruction.Reference _, Instruction.Emptied _ ->
                throw notWritten(original);
        };
    }

    /// The target, or a veneer where it is out of reach, or where there is no target.
    private static long target(DistanceField field, Instruction site, Outcome outcome, VeneerSource veneers)
            throws OutOfRange {
        if (outcome instanceof Outcome.To(long target) && field.reaches(site.address(), target)) {
            return target;
        }
        return veneers.veneer(outcome, field.lowest(site.address()), field.highest(site.address()));
    }

    private static int word(Instruction site, byte[] bytes) {
        if (site.length() != 4 || bytes.length != 4) {
            throw new IllegalArgumentException(
                    "a %s has 4 bytes, not %d and %d".formatted(site.kind().text(), site.length(), bytes.length));
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static byte[] bytes(int word) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array();
    }

    private static IllegalArgumentException notWritten(Instruction site) {
        return new IllegalArgumentException("the %s at 0x%x is not written as an instruction"
                .formatted(site.kind().text(), site.address()));
    }
}
