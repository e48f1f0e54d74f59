package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The one instruction of an entry in the procedure linkage table that jumps to the imported function. Patching
/// it redirects every caller, whenever and however the loader fills the slot.
///
/// | | jump | patched |
/// | --- | --- | --- |
/// | x86-64 | `jmp *slot(%rip)` | `jmp target; nop` |
/// | AArch64 | `br x17`, after `adrp`, `ldr`, `add` | `b target` |
///
/// @param address of the instruction
/// @param length  in bytes
/// @param slot    that the entry reads
record LinkageJump(Image image, long address, int length, long slot) {

    /// Entries have one of these sizes, in bytes: 24 on AArch64 with landing pads.
    static final int[] ENTRY_SIZES = {16, 24};

    private static final byte[] BR_X17 = {0x20, 0x02, 0x1f, (byte) 0xd6};
    /// How far into an entry its jump may start.
    private static final int FURTHEST = 20;

    /// The jump of an entry that is as the linker made it.
    ///
    /// @return null if the entry does not jump in one instruction
    static @Nullable LinkageJump in(Image image, long entry, long slot) {
        for (long at = entry; at <= entry + FURTHEST; at++) {
            LinkageJump jump = new LinkageJump(image, at, lengthOn(image), slot);
            byte[] now = image.bytes(at, jump.length);
            if (now != null && jump.isOriginal(now)) {
                return jump;
            }
        }
        return null;
    }

    /// The jump of an entry that was patched: it is one of the forms that patching leaves, and with the
    /// original instruction in its place the entry reads the slot.
    ///
    /// @return null if there is no such entry
    static @Nullable LinkageJump patched(Image image, long entry, long slot) {
        for (long at = entry; at <= entry + FURTHEST; at++) {
            LinkageJump jump = new LinkageJump(image, at, lengthOn(image), slot);
            if (jump.isPatched() && jump.fits(entry)) {
                return jump;
            }
        }
        return null;
    }

    private static int lengthOn(Image image) {
        return switch (image.file().machine()) {
            case X86_64 -> 6;
            case AARCH64 -> 4;
        };
    }

    /// The instruction that stands there now; null if none does that patching leaves, or that it could patch.
    @Nullable
    Instruction present() {
        Code code = image.codeAt(address);
        int field = image.file().machine() == ElfMachine.X86_64 ? 2 : 0;
        return code == null ? null : image.architecture().at(code, address + field);
    }

    private boolean isPatched() {
        Instruction now = present();
        return switch (now) {
            case null -> false;
            case Instruction.Branch branch -> branch.address() == address && branch.kind() == SiteKind.JUMP;
            case Instruction.Emptied emptied ->
                emptied.address() == address
                        && (emptied.kind() == SiteKind.JUMP || emptied.kind() == SiteKind.POINTER_JUMP);
            case Instruction.PointerBranch _, Instruction.Reference _ -> false;
        };
    }

    private boolean fits(long entry) {
        int size = FURTHEST + length;
        byte[] bytes = image.bytes(entry, size);
        if (bytes == null) {
            return false;
        }
        try {
            System.arraycopy(original(), 0, bytes, (int) (address - entry), length);
        } catch (OutOfRange e) {
            return false;
        }
        Long found = image.architecture().pltSlot(new Code(MemorySegment.ofArray(bytes), entry), entry);
        return found != null && found == slot;
    }

    /// The bytes as the linker made them.
    ///
    /// @throws OutOfRange if the slot is out of reach, so that this cannot be the jump
    byte[] original() throws OutOfRange {
        return switch (image.file().machine()) {
            case X86_64 ->
                image.architecture()
                        .restore(
                                new Instruction.PointerBranch(SiteKind.POINTER_JUMP, address, length, slot),
                                new byte[length]);
            case AARCH64 -> BR_X17.clone();
        };
    }

    private boolean isOriginal(byte[] bytes) {
        try {
            return Arrays.equals(bytes, original());
        } catch (OutOfRange e) {
            return false;
        }
    }

    /// The bytes that stand there now.
    byte[] now() {
        byte[] now = image.bytes(address, length);
        return now == null ? new byte[length] : now;
    }

    Edit edit(byte[] now, byte[] next, ErrorContext context) {
        return new Edit(
                image.section(address),
                image.file().offsetOf(new Address(address)).orElseThrow(),
                new Address(address),
                now,
                next,
                context.key(),
                context.site(),
                "",
                "");
    }

    /// The bytes that do something else.
    byte[] encode(Outcome outcome, VeneerSource veneers) throws OutOfRange {
        Architecture architecture = image.architecture();
        Instruction site = switch (image.file().machine()) {
            case X86_64 -> new Instruction.PointerBranch(SiteKind.POINTER_JUMP, address, length, slot);
            case AARCH64 -> new Instruction.Branch(SiteKind.JUMP, address, length, slot);
        };
        return architecture.encode(site, new byte[length], outcome, veneers);
    }
}
