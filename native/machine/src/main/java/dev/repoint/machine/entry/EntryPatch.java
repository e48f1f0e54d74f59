package dev.repoint.machine.entry;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Step;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// What diverts a function at its entry. Immutable and thread-safe.
///
/// 1. Choose where the copy stands, from [#lowest] to [#highest], and write it: [#copy].
/// 2. If [#needsApproach], or if the target is further away than [#reaches] says, write an [#approach] of it
///    in reach.
/// 3. Write the jump: [#jump] to the target or its approach.
///
/// A thread that stands before an overwritten instruction goes on at [MovedCopy#toCopy].
public final class EntryPatch {

    private final Mover mover;
    private final Code code;
    private final EntryMeans means;
    private final long entry;
    private final long place;
    private final List<Step> steps;
    private final long resume;
    private final int overwritten;

    /// @param code        holds the function
    /// @param place       of the jump
    /// @param steps       the moved instructions, from the place on
    /// @param overwritten how many bytes from the place on change
    EntryPatch(Mover mover, Code code, EntryMeans means, long entry, long place, List<Step> steps, int overwritten) {
        this.mover = mover;
        this.code = code;
        this.means = means;
        this.entry = entry;
        this.place = place;
        this.steps = List.copyOf(steps);
        this.resume = steps.getLast().end();
        this.overwritten = overwritten;
    }

    /// How the function is diverted.
    public EntryMeans means() {
        return means;
    }

    /// The address of the function.
    public long entry() {
        return entry;
    }

    /// Where the jump is written: behind what stays first.
    public long place() {
        return place;
    }

    /// The address behind the last instruction that is moved.
    public long resume() {
        return resume;
    }

    /// The instructions that are moved, in their order.
    public List<Step> moved() {
        return steps;
    }

    /// The bytes that the jump overwrites, as they are now.
    public byte[] old() {
        return code.copy(place, overwritten);
    }

    /// The bytes of the instructions that are moved, as they are now: the overwritten ones, and the rest of the last
    /// instruction.
    public byte[] movedBytes() {
        return code.copy(place, (int) (resume - place));
    }

    /// Whether the jump has to lead to an [#approach] wherever the target is.
    public boolean needsApproach() {
        return mover.isUndone(code, entry);
    }

    /// What an approach begins with: it undoes what the head of the function has done.
    public byte[] undoing() {
        return mover.undoing(code, entry);
    }

    /// Whether the jump reaches an address: of a target, or of its approach.
    public boolean reaches(long target) {
        long distance = target - place;
        return distance <= mover.jumpReach() && distance >= -mover.jumpReach();
    }

    /// The code between the jump and a target.
    ///
    /// @param address where it is to stand when it runs: a multiple of the
    ///     [alignment of veneers][dev.repoint.machine.instruction.Architecture#veneerAlignment]
    /// @param target  where the target is when it runs: anywhere on x86-64, within 4 GiB on AArch64
    /// @throws OutOfRange if the target is too far away
    public byte[] approach(long address, long target) throws OutOfRange {
        return mover.approach(code, entry, address, target);
    }

    /// The change of code that diverts the function.
    ///
    /// @param target the address of the target, or of its [#approach]
    /// @throws OutOfRange if the jump does not reach it
    public Overwrite jump(long target) throws OutOfRange {
        byte[] old = old();
        byte[] bytes = old.clone();
        byte[] jump = mover.jump(place, target);
        System.arraycopy(jump, 0, bytes, 0, jump.length);
        return new Overwrite(place, old, bytes);
    }

    /// How many bytes the copy has, wherever it stands.
    public int copyLength() {
        int length = (int) (place - entry);
        for (Step step : steps) {
            length += mover.movedLength(code, step);
        }
        return length + ending().length;
    }

    /// The lowest address where the copy can stand.
    public long lowest() {
        long lowest = Long.MIN_VALUE;
        for (Step step : steps) {
            if (step.isRelative()) {
                lowest = Math.max(lowest, step.destination() - mover.reach(code, step) + copyLength());
            }
        }
        return Math.max(lowest, resume - mover.jumpReach() + copyLength());
    }

    /// The highest address where the copy can start.
    public long highest() {
        long highest = Long.MAX_VALUE;
        for (Step step : steps) {
            if (step.isRelative()) {
                highest = Math.min(highest, step.destination() + mover.reach(code, step) - copyLength());
            }
        }
        return Math.min(highest, resume + mover.jumpReach() - copyLength());
    }

    /// The copy at an address.
    ///
    /// @param address from [#lowest] to [#highest]; a multiple of 4 on AArch64
    /// @throws OutOfRange if something is too far away from there
    public MovedCopy copy(long address) throws OutOfRange {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int head = (int) (place - entry);
        int first = head > 0 ? 1 : 0;
        long[] originals = new long[first + steps.size() + 1];
        long[] places = new long[originals.length];
        originals[0] = entry;
        places[0] = address;
        bytes.writeBytes(code.copy(entry, head));
        for (int i = 0; i < steps.size(); i++) {
            originals[first + i] = steps.get(i).address();
            places[first + i] = address + bytes.size();
            bytes.writeBytes(mover.moved(code, steps.get(i), address + bytes.size()));
        }
        originals[originals.length - 1] = resume;
        places[places.length - 1] = address + bytes.size();
        bytes.writeBytes(isEnding() ? ending() : mover.jump(address + bytes.size(), resume));
        return new MovedCopy(address, bytes.toByteArray(), originals, places);
    }

    /// Whether nothing that was moved runs on.
    private boolean isEnding() {
        return steps.getLast().flow().isEnd() || isLastCall();
    }

    /// Whether the function ends with a call that does not return.
    private boolean isLastCall() {
        return means == EntryMeans.PADDING && steps.getLast().flow().isCall();
    }

    /// What the copy ends with; for a jump back, as many bytes.
    private byte[] ending() {
        if (steps.getLast().flow().isEnd()) {
            return new byte[0];
        }
        return isLastCall() ? mover.trap() : new byte[mover.jumpLength()];
    }
}
