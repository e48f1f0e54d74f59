package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Mover;
import dev.repoint.machine.instruction.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says of functions of a file whether they can be diverted at their entries, and how. Safe for use by several
/// threads.
///
/// A function is accepted if
///
/// 1. code stands at its address that is called: no IFUNC resolver, no `.cold` part, no linkage table;
/// 2. it is decoded whole (x86-64);
/// 3. the jump fits into it, or into it and padding that reaches to the next symbol or unwind entry;
/// 4. no symbol and no unwind entry begins among the bytes to be overwritten, and the loader changes none;
/// 5. no direct branch of the file leads among them, and no jump of its own to its entry;
/// 6. its first instructions can be moved, and a place is in reach.
///
/// With a pad for patching, only the pad is looked at. Branches through pointers and tables cannot be seen.
public final class EntryPlanner {

    private final EntryModule module;
    private final Mover mover;

    /// @param module the file of the functions
    public EntryPlanner(EntryModule module) {
        this.module = module;
        this.mover = module.architecture().mover();
    }

    /// The verdict on the function at an address.
    ///
    /// @param address of the file
    /// @throws ElfException if the function's unwind entry is malformed
    public EntryVerdict judge(long address) throws ElfException {
        List<String> names = module.names(address);
        try {
            EntryPatch patch = patch(address, names);
            return new EntryVerdict.Accepted(patch, names, EntryNotes.of(module, patch, names));
        } catch (Refusal refusal) {
            return new EntryVerdict.Refused(address, names, refusal.reason(), refusal.text());
        }
    }

    private EntryPatch patch(long address, List<String> names) throws Refusal, ElfException {
        Code code = module.code(address);
        if (code == null) {
            throw new Refusal(
                    RefusalReason.NO_CODE,
                    "no code of %s stands at 0x%x; give the address of a function in the file"
                            .formatted(module.file().name(), address));
        }
        SpecialEntries.check(module, code, address, names);
        int head = mover.head(code, address);
        EntryPatch pad = pad(code, address, address + head);
        if (pad != null) {
            CopyUnwind.plan(module, pad, pad.copy(pad.highest() & -16L));
            return pad;
        }
        Function function = new Function(module, code, address, address + head);
        EntryPatch patch = function.patch();
        function.check(patch);
        return patch;
    }

    /// What the compiler left at the entry or behind its head; null if it left no room for a jump.
    private @Nullable EntryPatch pad(Code code, long address, long behindHead) {
        if (!module.isPad(address) && !module.isPad(behindHead)) {
            return null;
        }
        List<Step> nops = new ArrayList<>();
        long at = behindHead;
        while (at - behindHead < mover.jumpLength()) {
            Step step = mover.step(code, at);
            if (step == null || !module.architecture().isPadding(code.slice(at, step.length()))) {
                return null;
            }
            nops.add(step);
            at = step.end();
        }
        return new EntryPatch(mover, code, EntryMeans.PAD, address, behindHead, nops, mover.jumpLength());
    }
}
