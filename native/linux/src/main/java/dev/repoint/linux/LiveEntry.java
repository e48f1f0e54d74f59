package dev.repoint.linux;

import dev.repoint.elf.ElfException;
import dev.repoint.linux.call.Memory;
import dev.repoint.linux.module.LoadedModule;
import dev.repoint.linux.poke.Poker;
import dev.repoint.linux.processor.Approach;
import dev.repoint.linux.processor.EntrySite;
import dev.repoint.linux.row.PackedBytes;
import dev.repoint.linux.row.ResolvedTarget;
import dev.repoint.linux.unwind.OwnUnwindIndex;
import dev.repoint.linux.unwind.UnwindRange;
import dev.repoint.machine.entry.CopyUnwind;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entry of a function of this process. Guarded by the lock of [NativeRegistry].
///
/// What a patch needs is made when the first one is made, and stays for ever, because threads may be in it: the
/// copy of the first instructions with its unwind entry, and the code that the jump leads to.
final class LiveEntry {

    private final LoadedModule module;
    private final EntryModule file;
    private final EntryVerdict.Accepted verdict;
    private final String key;
    private @Nullable Code code;
    private ResolvedTarget target = ResolvedTarget.DEFAULT;
    private List<OwnCall> calls = List.of();

    /// What is made for the first patch.
    ///
    /// @param copy      where the function as it was starts
    /// @param byDefault where the approach leads while it leads nowhere else
    record Code(EntrySite site, long copy, Approach approach, long byDefault) {

        /// What stands at the entry while it is patched.
        long jump() {
            return Poker.instance().live().entries().jump(site, approach.address());
        }
    }

    /// Where a copy and what belongs to it stand, as distances from its start.
    private record Layout(int exceptions, int frames, int length) {}

    /// @param key for messages
    LiveEntry(LoadedModule module, EntryModule file, EntryVerdict.Accepted verdict, String key) {
        this.module = module;
        this.file = file;
        this.verdict = verdict;
        this.key = key;
    }

    LoadedModule module() {
        return module;
    }

    EntryVerdict.Accepted verdict() {
        return verdict;
    }

    String key() {
        return key;
    }

    /// Where the function is.
    long address() {
        return verdict.address() + module.bias();
    }

    /// What messages call it.
    String place() {
        return "entry at 0x" + Long.toHexString(verdict.address());
    }

    /// Whether a jump stands there, as far as we know.
    boolean isPatched() {
        return !target.isDefault();
    }

    /// Where it leads, as far as we know.
    ResolvedTarget target() {
        return target;
    }

    /// The calls in its target that lead to the copy.
    List<OwnCall> calls() {
        return calls;
    }

    /// Remembers what a patch that has come into effect left.
    void left(ResolvedTarget newTarget, List<OwnCall> newCalls) {
        target = newTarget;
        calls = List.copyOf(newCalls);
    }

    /// Where the function as it was starts. The module has to stay loaded.
    ///
    /// @throws NativePatchException if no memory is free that is in reach
    Code code() {
        Code made = code;
        if (made == null) {
            made = make();
            code = made;
        }
        return made;
    }

    private Code make() {
        EntryPatch patch = verdict.patch();
        requireOnce(patch);
        try {
            long anywhere = patch.lowest() / 2 + patch.highest() / 2 & -Long.BYTES * 2L;
            Layout layout = layout(patch, CopyUnwind.of(file, patch, patch.copy(anywhere)));
            long address = Poker.instance()
                    .putNear(
                            layout.length,
                            start -> copy(patch, layout, start),
                            Math.max(patch.lowest() + module.bias(), Memory.PAGE),
                            patch.highest() + module.bias() - layout.length);
            if (address == 0) {
                throw NativePatchException.at(
                        key, place(), "no memory is free in reach of it for the copy of its first instructions");
            }
            if (layout.frames > 0) {
                byte[] frames = Memory.bytes(address + layout.frames, layout.length - layout.frames);
                OwnUnwindIndex.instance()
                        .add(
                                Poker.instance().live(),
                                UnwindRange.of(address, address + patch.copyLength(), frames, address + layout.frames),
                                address + layout.frames);
            }
            EntrySite site = site(patch, patch.copy(address - module.bias()));
            byte[] undoing = patch.undoing();
            // Where the approach undoes the head of the function, the default is the copy with its head.
            long byDefault = undoing.length == 0 ? site.copies()[0] : address;
            Approach approach = Poker.instance().approach(site, undoing, byDefault);
            if (approach == null) {
                throw NativePatchException.at(
                        key,
                        place(),
                        "no memory is free where the jump that replaces its first instructions can lead; patch the"
                                + " function's sites, or patch it earlier");
            }
            return new Code(site, address, approach, byDefault);
        } catch (ElfException e) {
            throw NativePatchException.because(key, place(), e);
        }
    }

    /// A thread that is interrupted in a string instruction that repeats stands before it with other arguments. It
    /// would give them to the target.
    private void requireOnce(EntryPatch patch) {
        if (Poker.instance().live().entries().repeats(patch.old())) {
            throw NativePatchException.at(
                    key,
                    place(),
                    "its first instruction repeats, so a thread can be in the middle of it; patch the function's"
                            + " sites");
        }
    }

    private static Layout layout(EntryPatch patch, Optional<CopyUnwind> unwind) {
        int exceptions = patch.copyLength() + Integer.BYTES - 1 & -Integer.BYTES;
        if (unwind.isEmpty()) {
            return new Layout(0, 0, patch.copyLength());
        }
        int frames = exceptions + unwind.get().exceptionsLength() + Long.BYTES - 1 & -Long.BYTES;
        return new Layout(exceptions, frames, frames + unwind.get().framesLength() + CopyUnwind.terminator().length);
    }

    private byte[] copy(EntryPatch patch, Layout layout, long start) {
        try {
            long address = start - module.bias();
            MovedCopy copy = patch.copy(address);
            byte[] bytes = Arrays.copyOf(copy.bytes(), layout.length);
            Optional<CopyUnwind> unwind = CopyUnwind.of(file, patch, copy);
            if (unwind.isPresent()) {
                byte[] exceptions = unwind.get().exceptions(address + layout.exceptions);
                byte[] frames = unwind.get().frames(address + layout.frames, address + layout.exceptions);
                System.arraycopy(exceptions, 0, bytes, layout.exceptions, exceptions.length);
                System.arraycopy(frames, 0, bytes, layout.frames, frames.length);
            }
            return bytes;
        } catch (ElfException e) {
            throw NativePatchException.because(key, place(), e);
        }
    }

    private EntrySite site(EntryPatch patch, MovedCopy copy) {
        List<Step> steps = patch.moved();
        int[] starts = new int[steps.size() - 1];
        long[] copies = new long[steps.size()];
        for (int i = 0; i < copies.length; i++) {
            long start = steps.get(i).address();
            if (i > 0) {
                starts[i - 1] = (int) (start - patch.place());
            }
            copies[i] = copy.toCopy(start) + module.bias();
        }
        return new EntrySite(
                patch.place() + module.bias(), patch.old().length, PackedBytes.of(patch.old()), starts, copies);
    }
}
