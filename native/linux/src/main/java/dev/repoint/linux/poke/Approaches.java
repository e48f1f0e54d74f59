package dev.repoint.linux.poke;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.memory.CodeMemory;
import dev.repoint.linux.memory.GivenBitsMemory;
import dev.repoint.linux.memory.NearMemory;
import dev.repoint.linux.processor.Approach;
import dev.repoint.linux.processor.EntryJumps;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.processor.LiveCode;
import dev.repoint.linux.unwind.OwnUnwindIndex;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands between the jumps at the entries of functions and their targets: code that jumps to the content of a
/// word, and the word. A jump at an entry cannot lead anywhere ([EntryJumps]), the word can. Never freed.
final class Approaches {

    private final GivenBitsMemory places = new GivenBitsMemory(Memory.READ | Memory.EXECUTE);
    /// Apart from the code, so that a change of a target changes no protection.
    private final GivenBitsMemory words = new GivenBitsMemory(Memory.READ | Memory.WRITE);
    private final NearMemory nearPlaces;
    private final NearMemory nearWords;
    private final Set<Long> nearChunks = new HashSet<>();
    private final CodeMemory memory;
    private final LiveCode live;
    private final EntryJumps jumps;

    Approaches(CodeMemory memory, LiveCode live) {
        this.memory = memory;
        this.live = live;
        this.jumps = live.entries();
        this.nearPlaces = new NearMemory(memory, Memory.READ | Memory.EXECUTE);
        this.nearWords = new NearMemory(memory, Memory.READ | Memory.WRITE);
    }

    /// Makes one.
    ///
    /// @param undoing what it begins with
    /// @param target  where it leads first
    /// @return null if no memory is free where the jump could lead
    @Nullable
    Approach of(EntrySite entry, byte[] undoing, long target) {
        int length = undoing.length + jumps.approachLength();
        Approach made = jumps.reach() == 0 ? atGivenBits(entry, length) : near(entry, length);
        if (made != null) {
            Memory.word(made.word(), target);
            byte[] jump = jumps.approach(made.address() + undoing.length, made.word());
            memory.fill(
                    made.address(),
                    ByteBuffer.allocate(length).put(undoing).put(jump).array());
        }
        return made;
    }

    private @Nullable Approach atGivenBits(EntrySite entry, int length) {
        GivenBitsMemory.Place place =
                places.take(length, entry.address() + entry.length(), jumps.fixedBits(entry), jumps.fixedValues(entry));
        GivenBitsMemory.Place word = place == null ? null : words.take(Long.BYTES, place.address() + length, 0, 0);
        if (place == null || word == null) {
            return null;
        }
        if (place.isNew()) {
            OwnUnwindIndex.instance().addLeaf(live, place.page(), Memory.PAGE);
        }
        return new Approach(place.address(), word.address());
    }

    private @Nullable Approach near(EntrySite entry, int length) {
        long lowest = Math.max(entry.address() - jumps.reach(), Memory.PAGE);
        long highest = entry.address() + jumps.reach();
        long place = nearPlaces.take(length, lowest, highest);
        long word = place == 0 ? 0 : nearWords.take(Long.BYTES, lowest, highest);
        if (word == 0) {
            return null;
        }
        long chunk = nearPlaces.chunk(place);
        if (nearChunks.add(chunk)) {
            OwnUnwindIndex.instance().addLeaf(live, chunk, NearMemory.CHUNK);
        }
        return new Approach(place, word);
    }
}
