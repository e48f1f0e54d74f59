package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.UnwindFrames;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.memory.GivenBitsMemory;
import org.jspecify.annotations.Nullable;

/// What stands between the jumps at the entries of functions and their targets: `jmp *word(%rip)`, and the word.
/// A jump at an entry cannot lead anywhere ([EntrySite]), the word can. Never freed.
final class Approaches {

    private static final int JUMP_LENGTH = 6;
    /// The jump, and behind it a word that is aligned.
    private static final int LENGTH = JUMP_LENGTH + 2 * Long.BYTES - 1;

    private final GivenBitsMemory places = new GivenBitsMemory();
    private final CodeMemory memory;

    Approaches(CodeMemory memory) {
        this.memory = memory;
    }

    /// Makes one.
    ///
    /// @param target where it leads first
    /// @return null if no memory is free where the jump could lead
    @Nullable
    Approach of(EntrySite entry, long target) {
        GivenBitsMemory.Place place =
                places.take(LENGTH, entry.address() + EntrySite.LENGTH, entry.fixedBits(), entry.fixedValues());
        if (place == null) {
            return null;
        }
        long word = place.address() + JUMP_LENGTH + Long.BYTES - 1 & -Long.BYTES;
        byte[] code = new byte[LENGTH];
        code[0] = (byte) 0xff;
        code[1] = 0x25; // jmp *word(%rip)
        code[2] = (byte) (word - place.address() - JUMP_LENGTH);
        for (int i = 0; i < Long.BYTES; i++) {
            code[(int) (word - place.address()) + i] = (byte) (target >>> Byte.SIZE * i);
        }
        memory.fill(place.address(), code);
        if (place.isNew()) {
            UnwindFrames.addLeaf(place.page(), Memory.PAGE);
        }
        return new Approach(place.address(), word);
    }
}
