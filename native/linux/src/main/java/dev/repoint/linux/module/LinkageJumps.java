package dev.repoint.linux.module;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.SiteKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entries of the procedure linkage tables of a module: each jumps through a slot, which the loader may
/// fill as late as at the first call, at any moment and in any thread. So it is the jump that is patched, and
/// never such a slot, but where a jump must not be changed: there the slot is, once the loader has filled it.
public final class LinkageJumps {

    private static final int STEP = 4;
    /// How far into an entry its jump may start: behind `endbr64` and `bnd`.
    private static final int FURTHEST = 5;
    /// `jmp *slot(%rip)`.
    private static final int LENGTH = 6;

    private final Set<Long> lateSlots = new HashSet<>();
    private final Map<Long, PointerBranch> jumps = new HashMap<>();
    private final Map<Long, Long> slots = new HashMap<>();
    private final List<Section> sections = new ArrayList<>();
    private final boolean areChangeable;

    LinkageJumps(ElfFile file, Architecture architecture) {
        areChangeable = file.machine() == ElfMachine.X86_64;
        for (RelocationTable table : file.relocations()) {
            boolean isForLoader =
                    table.section().isAllocated() || table.section().index().value() == 0;
            for (int i = 0; isForLoader && i < table.count(); i++) {
                switch (architecture.use(table.type(i))) {
                    case JUMP_SLOT -> lateSlots.add(table.offset(i));
                    case BRANCH, ADDRESS, SLOT, POINTER, GLOB_DAT, RELATIVE, IRELATIVE, TLS, COPY, NONE, OTHER -> {}
                }
            }
        }
        for (Section section : file.sections()) {
            boolean isTable = section.name().equals(".plt") || section.name().startsWith(".plt.");
            if (isTable && section.isExecutable() && section.hasBytes()) {
                sections.add(section);
                collect(file, architecture, section);
            }
        }
    }

    private void collect(ElfFile file, Architecture architecture, Section section) {
        FileOffset offset = section.offset();
        Code entries = new Code(
                file.bytes().asSlice(offset.value(), section.size()),
                section.address().value());
        for (long entry = entries.address(); entry < entries.end(); entry += STEP) {
            Long slot = architecture.pltSlot(entries, entry);
            if (slot != null) {
                slots.put(entry, slot);
            }
            PointerBranch jump = slot == null || !areChangeable ? null : jump(architecture, entries, entry, slot);
            if (jump != null) {
                jumps.putIfAbsent(jump.slot(), jump);
            }
        }
    }

    private static @Nullable PointerBranch jump(Architecture architecture, Code entries, long entry, long slot) {
        for (long at = entry; at <= entry + FURTHEST && entries.contains(at, LENGTH); at++) {
            PointerBranch jump = new PointerBranch(SiteKind.POINTER_JUMP, at, LENGTH, slot);
            try {
                if (Arrays.equals(architecture.restore(jump, new byte[LENGTH]), entries.copy(at, LENGTH))) {
                    return jump;
                }
            } catch (OutOfRange e) {
                return null; // the slot is too far away for one jump
            }
        }
        return null;
    }

    /// Whether a jump may be changed while threads run it: that of AArch64 is a branch by a register, and may not.
    public boolean areChangeable() {
        return areChangeable;
    }

    /// Whether the loader may fill a slot as late as at the first call.
    ///
    /// @param slot as the file has it
    public boolean isLate(long slot) {
        return lateSlots.contains(slot);
    }

    /// The jump that reads a slot.
    ///
    /// @param slot as the file has it
    /// @return as the file has it; null if none is known
    public @Nullable PointerBranch of(long slot) {
        return jumps.get(slot);
    }

    /// The slot that an entry jumps through.
    ///
    /// @param entry its address, as the file has it
    /// @return 0 if no entry starts there
    public long slotOf(long entry) {
        return slots.getOrDefault(entry, 0L);
    }

    /// Whether an address is in one of the tables.
    boolean isInTable(long address) {
        for (Section section : sections) {
            if (section.contains(new dev.repoint.elf.Address(address))) {
                return true;
            }
        }
        return false;
    }
}
