package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.SweepListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes one function from its first word to its last.
///
/// Where an instruction ends is never in question; what may be in question is whether a word is one. Words that
/// the architecture has not allocated are refused. Data that looks like instructions cannot be distinguished from them.
///
/// Pages that `adrp` leaves in registers are followed until the next branch or the next write to the register.
final class Sweep {

    /// Bytes; what is larger is no function that a compiler made.
    private static final long LARGEST = 1 << 26;
    private static final long UNKNOWN = -1;

    private final Code function;
    private final IntBuffer words;
    /// The page that `adrp` left in a register, or [#UNKNOWN].
    private final long[] pages = new long[32];

    private Sweep(Code function, IntBuffer words) {
        this.function = function;
        this.words = words;
        forget();
    }

    static boolean of(Code function, SweepListener listener) {
        if (function.size() > LARGEST || (function.size() & 3) != 0 || (function.address() & 3) != 0) {
            return false;
        }
        byte[] bytes = function.copy(function.address(), Math.toIntExact(function.size()));
        IntBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        return new Sweep(function, words).run(listener);
    }

    private boolean run(SweepListener listener) {
        for (int i = 0; i < words.limit(); i++) {
            int word = words.get(i);
            long address = function.address() + 4L * i;
            if (!isAllocated(word)) {
                return false;
            }
            listener.boundary(address, 4);
            Branch branch = SiteReader.branch(word, address);
            if (branch == null) {
                Reference reference = reference(word, address);
                if (reference != null) {
                    listener.found(reference);
                }
            } else if (branch.kind() == SiteKind.CALL || !function.contains(branch.destination(), 1)) {
                listener.found(branch);
            }
            follow(word, address);
        }
        return true;
    }

    /// Whether the top level of the encoding knows the word (Arm ARM, C4.1 and C4.1.93 "Branches, Exception
    /// Generating and System instructions").
    static boolean isAllocated(int word) {
        int group = word >>> 25 & 0xf;
        if (group == 0) {
            return word < 0; // SME; else udf and reserved
        }
        boolean branches = (group & 0xe) == 0xa;
        return group != 1 && group != 3 && !(branches && (word >>> 29 & 3) == 3);
    }

    private @Nullable Reference reference(int word, long address) {
        if (Word.isAdr(word)) {
            return new Reference(SiteKind.ADDRESS, address, 4, Word.adr(word, address)); // adr xd, place
        }
        if (Word.isLoadLiteral64(word)) {
            return new Reference(SiteKind.POINTER_LOAD, address, 4, Word.imm19(word, address)); // ldr xt, place
        }
        boolean completes = Word.isAddImmediate(word) || Word.isLoad64(word);
        long page = pages[Word.rn(word)];
        return completes && page != UNKNOWN ? SiteReader.completed(word, address, page) : null;
    }

    /// Keeps the page of an `adrp`, and forgets those of all registers that the word may write: perhaps some
    /// more.
    private void follow(int word, long address) {
        if (Word.isAdrp(word)) {
            pages[Word.rd(word)] = Word.adrp(word, address);
            return;
        }
        int group = word >>> 25 & 0xf;
        if ((group & 0xe) == 0xa) { // branches, exceptions, system
            forget();
            return;
        }
        pages[Word.rd(word)] = UNKNOWN;
        boolean memory = (group & 0x5) == 0x4;
        boolean unsignedOffset = (word & 0x3b000000) == 0x39000000; // [xn, #imm12]
        if (memory && !unsignedOffset) {
            pages[Word.rn(word)] = UNKNOWN; // a base that moves on
            pages[word >>> 10 & 0x1f] = UNKNOWN; // the second of a pair
            pages[word >>> 16 & 0x1f] = UNKNOWN; // the old value, or the status, of an atomic access
        }
    }

    private void forget() {
        Arrays.fill(pages, UNKNOWN);
    }
}
