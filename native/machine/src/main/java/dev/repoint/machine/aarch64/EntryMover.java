package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.BranchListener;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.Step;
import dev.repoint.machine.instruction.Step.Flow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Moves the first instructions of functions.
///
/// | here | elsewhere |
/// | --- | --- |
/// | `b`, `bl` | the same, the distance adjusted |
/// | `b.cond`, `cbz`, `tbz` | the same to the third: `b.cond .+8; b .+8; b place` |
/// | `adr xd, place` | `adrp xd, page; add xd, xd, #place` |
/// | `adrp xd, page` | the same, adjusted |
/// | `ldr xt, place` | `adrp xt, page; add xt, xt, #place; ldr xt, [xt]` |
/// | `ldr` of a vector register | not moved: no register is free for the address |
/// | `prfm place` | `nop` |
/// | anything else | the same word |
enum EntryMover implements Mover {
    /// It has no state.
    INSTANCE;

    private static final long PAGES_REACH = (1L << 32) - (1 << 13);
    private static final int VECTOR = 1 << 26;
    private static final int ZERO_REGISTER = 31;

    @Override
    public int head(Code code, long entry) {
        if (!code.contains(entry, 4)) {
            return 0;
        }
        return switch (code.s32(entry)) {
            case Word.BTI_C, Word.BTI_JC, Word.PACIASP, Word.PACIBSP -> 4;
            default -> 0;
        };
    }

    @Override
    public boolean isUndone(Code code, long entry) {
        int word = code.contains(entry, 4) ? code.s32(entry) : 0;
        return word == Word.PACIASP || word == Word.PACIBSP;
    }

    @Override
    public byte[] undoing(Code code, long entry) {
        if (!isUndone(code, entry)) {
            return new byte[0];
        }
        return words(code.s32(entry) == Word.PACIASP ? Word.AUTIASP : Word.AUTIBSP);
    }

    @Override
    public int jumpLength() {
        return Integer.BYTES;
    }

    @Override
    public long jumpReach() {
        return DistanceField.IMM26.highest(0);
    }

    @Override
    public byte[] jump(long from, long to) throws OutOfRange {
        return words(jumpWord(Word.B, from, to));
    }

    @Override
    public byte[] approach(Code code, long entry, long address, long target) throws OutOfRange {
        if (!isUndone(code, entry)) {
            return Veneers.of(new Outcome.To(target), address);
        }
        byte[] far = Veneers.of(new Outcome.To(target), address + 4);
        return ByteBuffer.allocate(4 + far.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(undoing(code, entry))
                .put(far)
                .array();
    }

    @Override
    public byte[] trap() {
        return words(Word.UDF);
    }

    @Override
    public @Nullable Step step(Code code, long address) {
        if ((address & 3) != 0 || !code.contains(address, 4) || !Sweep.isAllocated(code.s32(address))) {
            return null;
        }
        int word = code.s32(address);
        Branch branch = SiteReader.branch(word, address);
        if (branch != null) {
            return new Step(address, 4, flow(branch.kind()), true, branch.destination());
        }
        if (Word.isAdr(word)) {
            return new Step(address, 4, Flow.NEXT, true, Word.adr(word, address));
        }
        if (Word.isAdrp(word)) {
            return new Step(address, 4, Flow.NEXT, true, Word.adrp(word, address));
        }
        if (Word.isLiteral(word) && !isPrefetch(word)) {
            return new Step(address, 4, Flow.NEXT, true, Word.imm19(word, address));
        }
        return new Step(address, 4, flow(word), false, 0);
    }

    @Override
    public long branches(Code code, BranchListener listener) {
        long first = code.address() + 3 & ~3;
        for (long at = first; at <= code.end() - 4; at += 4) {
            int word = code.s32(at);
            if ((word & 0x7c000000) == Word.B || Word.isImm19Branch(word) || Word.isImm14Branch(word)) {
                Branch branch = SiteReader.branch(word, at);
                if (branch != null) {
                    listener.branch(at, branch.destination(), branch.kind() == SiteKind.CALL);
                }
            } else if (flow(word) == Flow.POINTER_JUMP) {
                listener.unseenJump(at);
            }
        }
        return code.end();
    }

    @Override
    public void perhapsBranches(Code code, BranchListener listener) {
        branches(code, listener);
    }

    @Override
    public int movedLength(Code code, Step step) {
        int word = code.s32(step.address());
        if (Word.isImm19Branch(word) || Word.isImm14Branch(word)) {
            return 12;
        }
        if (Word.isAdr(word)) {
            return Word.rd(word) == ZERO_REGISTER ? 0 : 8;
        }
        if (Word.isLiteral(word) && !isPrefetch(word)) {
            return (word & VECTOR) != 0 || Word.rd(word) == ZERO_REGISTER ? 0 : 12;
        }
        return 4;
    }

    @Override
    public long reach(Code code, Step step) {
        return step.isBranch() ? jumpReach() : PAGES_REACH;
    }

    @Override
    public byte[] moved(Code code, Step step, long address) throws OutOfRange {
        int word = code.s32(step.address());
        long to = step.destination();
        if (movedLength(code, step) == 0) {
            throw new IllegalArgumentException("the instruction at 0x%x cannot be moved".formatted(step.address()));
        }
        if (Word.isB(word) || Word.isBl(word)) {
            return words(jumpWord(word, address, to));
        }
        if (Word.isImm19Branch(word)) {
            return words(word & ~0x00ffffe0 | 2 << 5, Word.B | 2, jumpWord(Word.B, address + 8, to));
        }
        if (Word.isImm14Branch(word)) {
            return words(word & ~0x0007ffe0 | 2 << 5, Word.B | 2, jumpWord(Word.B, address + 8, to));
        }
        int register = Word.rd(word);
        if (Word.isAdr(word)) {
            return words(page(register, address, to), place(register, to));
        }
        if (Word.isAdrp(word)) {
            return words(page(register, address, to));
        }
        if (Word.isLiteral(word)) {
            return isPrefetch(word)
                    ? words(Word.NOP)
                    : words(page(register, address, to), place(register, to), load(word));
        }
        return words(word);
    }

    private static int jumpWord(int word, long from, long to) throws OutOfRange {
        return DistanceField.IMM26.fill(word, new Branch(SiteKind.JUMP, from, 4, to), to);
    }

    /// `adrp xd, page of the place`.
    private static int page(int register, long address, long place) throws OutOfRange {
        return 0x90000000 | register | Veneers.pages(address, place);
    }

    /// `add xd, xd, #place in its page`.
    private static int place(int register, long place) {
        return 0x91000000 | register | register << 5 | (int) (place & 0xfff) << 10;
    }

    /// The load from the address in its own register that a literal one is: `ldr wt, [xt]`, `ldr xt, [xt]` or
    /// `ldrsw xt, [xt]`.
    private static int load(int word) {
        int register = Word.rd(word);
        int opcode = switch (word >>> 30) {
            case 0 -> 0xb9400000;
            case 1 -> 0xf9400000;
            default -> 0xb9800000;
        };
        return opcode | register | register << 5;
    }

    private static boolean isPrefetch(int word) {
        return (word & 0xff000000) == 0xd8000000;
    }

    private static Flow flow(SiteKind kind) {
        return switch (kind) {
            case CALL -> Flow.CALL;
            case JUMP -> Flow.JUMP;
            default -> Flow.CONDITIONAL_JUMP;
        };
    }

    /// Branches by register (Arm ARM, C4.1.93, "Unconditional branch (register)").
    private static Flow flow(int word) {
        if ((word & 0xfe000000) != 0xd6000000) {
            return Flow.NEXT;
        }
        return switch (word >>> 21 & 7) {
            case 0 -> Flow.POINTER_JUMP; // br, braa
            case 1 -> Flow.POINTER_CALL; // blr, blraa
            default -> Flow.END; // ret, retaa, eret
        };
    }

    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }
}
