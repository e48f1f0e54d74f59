package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.machine.instruction.BranchListener;
import dev.repoint.machine.instruction.Code;
import java.util.ArrayList;
import java.util.List;

/// Finds what a user should know before a function is diverted.
final class EntryNotes implements BranchListener {

    private final List<EntryNote> notes = new ArrayList<>();
    private final EntryPatch patch;
    private boolean isRecursive;
    private long unseen = -1;

    private EntryNotes(EntryPatch patch) {
        this.patch = patch;
    }

    static List<EntryNote> of(EntryModule module, EntryPatch patch, List<String> names) {
        EntryNotes found = new EntryNotes(patch);
        if (names.size() > 1) {
            found.add(
                    EntryNote.Kind.SEVERAL_NAMES,
                    "%d names have this address, and all of them are diverted: %s"
                            .formatted(names.size(), String.join(", ", names)));
        }
        for (String name : names) {
            found.copies(module, name);
        }
        Code code = module.code(patch.entry());
        if (code != null && patch.means() != EntryMeans.PAD) {
            long end = module.end(patch.entry());
            module.architecture().mover().branches(code.slice(patch.entry(), end - patch.entry()), found);
            if (module.branches().first(patch.entry(), patch.place() + 1) != -1) {
                found.add(
                        EntryNote.Kind.KNOWN_BODY,
                        "code of the same file calls it directly, and may rely on its body: on a constant result, or"
                                + " on registers that it does not change (gcc, -fipa-ra)");
            }
        }
        if (found.isRecursive) {
            found.add(EntryNote.Kind.RECURSION, "it calls itself: those calls go to the target, too");
        }
        if (found.unseen != -1) {
            found.add(
                    EntryNote.Kind.UNSEEN_JUMPS,
                    "it jumps through a register or a table at 0x%x: whether such a jump leads to its first bytes cannot be seen"
                            .formatted(found.unseen));
        }
        return found.notes;
    }

    private void copies(EntryModule module, String name) {
        List<String> clones = module.clones(name);
        if (!clones.isEmpty()) {
            add(
                    EntryNote.Kind.CLONES,
                    "the compiler made copies or parts of %s, which are not diverted: %s"
                            .formatted(name, String.join(", ", clones)));
        }
        try {
            int inlined = module.inlined(name);
            if (inlined > 0) {
                add(
                        EntryNote.Kind.INLINED,
                        "%d calls of %s were replaced by its code, and are not diverted; compile with -fno-inline, or patch their callers"
                                .formatted(inlined, name));
            }
        } catch (ElfException malformed) {
            add(
                    EntryNote.Kind.INLINED,
                    "whether %s was copied into its callers is not known: %s".formatted(name, malformed.getMessage()));
        }
    }

    private void add(EntryNote.Kind kind, String text) {
        notes.add(new EntryNote(kind, text));
    }

    @Override
    public void branch(long from, long to, boolean isCall) {
        isRecursive |= isCall && (to == patch.entry() || to == patch.place());
    }

    @Override
    public void unseenJump(long from) {
        unseen = unseen == -1 ? from : unseen;
    }
}
