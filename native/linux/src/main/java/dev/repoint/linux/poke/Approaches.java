package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.call.UnwindFrames;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.memory.GivenBitsMemory;
import dev.repoint.linux.processor.Approach;
import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.processor.LiveCode;
import org.jspecify.annotations.Nullable;

/// What stands between the jumps at the entries of functions and their targets: code that jumps to the content of a
/// word, and the word. A jump at an entry cannot lead anywhere ([EntryJumps]), the word can. Never freed.
final class Approaches {

    private final GivenBitsMemory places;
    /// Apart from the code, so that a change of a target changes no protection.
    private final GivenBitsMemory words;
    private final CodeMemory memory;
    private final LiveCode live;
    private final EntryJumps jumps;

    Approaches(CodeMemory memory, LiveCode live) {
        this.memory = memory;
        this.live = live;
        this.jumps = live.entries();
        this.places = new GivenBitsMemory(Memory.READ | Memory.EXECUTE, jumps.windows());
        this.words = new GivenBitsMemory(Memory.READ | Memory.WRITE, jumps.windows());
    }

    /// Makes one.
    ///
    /// @param target where it leads first
    /// @return null if no memory is free where the jump could lead
    @Nullable
    Approach of(EntrySite entry, long target) {
        int length = jumps.approachLength();
        GivenBitsMemory.Place place =
                places.take(length, entry.address() + entry.length(), jumps.fixedBits(entry), jumps.fixedValues(entry));
        GivenBitsMemory.Place word = place == null ? null : words.take(Long.BYTES, place.address() + length, 0, 0);
        if (place == null || word == null) {
            return null;
        }
        Memory.word(word.address(), target);
        memory.fill(place.address(), jumps.approach(place.address(), word.address()));
        if (place.isNew()) {
            UnwindFrames.add(live.leafFrame(place.page(), Memory.PAGE));
        }
        return new Approach(place.address(), word.address());
    }
}
