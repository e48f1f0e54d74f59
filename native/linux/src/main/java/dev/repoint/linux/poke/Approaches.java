package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.UnwindFrames;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.memory.GivenBitsMemory;
import org.jspecify.annotations.Nullable;

/// What stands between the jumps at the entries of functions and their targets: `jmp *word(%rip)`, and the word.
/// A jump at an entry cannot lead anywhere ([EntrySite]), the word can. Never freed.
final class Approaches {

    private static final int LENGTH = 6;

    private final GivenBitsMemory places = new GivenBitsMemory(Memory.READ | Memory.EXECUTE);
    /// Apart from the code, so that a change of a target changes no protection.
    private final GivenBitsMemory words = new GivenBitsMemory(Memory.READ | Memory.WRITE);
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
        GivenBitsMemory.Place word = place == null ? null : words.take(Long.BYTES, place.address() + LENGTH, 0, 0);
        if (place == null || word == null) {
            return null;
        }
        Memory.word(word.address(), target);
        byte[] code = new byte[LENGTH];
        code[0] = (byte) 0xff;
        code[1] = 0x25; // jmp *word(%rip)
        long distance = word.address() - place.address() - LENGTH;
        for (int i = 0; i < Integer.BYTES; i++) {
            code[2 + i] = (byte) (distance >>> Byte.SIZE * i);
        }
        memory.fill(place.address(), code);
        if (place.isNew()) {
            UnwindFrames.addLeaf(place.page(), Memory.PAGE);
        }
        return new Approach(place.address(), word.address());
    }
}
