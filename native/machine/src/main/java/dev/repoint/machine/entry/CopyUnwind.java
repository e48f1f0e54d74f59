package dev.repoint.machine.entry;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.dwarf.ExceptionTable;
import dev.repoint.elf.dwarf.UnwindEntry;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.SiteKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// How backtraces and exceptions leave a [MovedCopy]: its entry for `.eh_frame`, made of that of the function,
/// and a table of landing pads if a moved call needs one. An exception that comes out of a moved call goes on in
/// the function itself.
public final class CopyUnwind {

    /// What ends a table of entries: write it behind the last of them.
    private static final int TERMINATOR = 4;

    private static final int RELATIVE = 0x1b; // DW_EH_PE_pcrel | DW_EH_PE_sdata4
    private static final int INDIRECT = 0x80; // DW_EH_PE_indirect
    private static final int ALIGNMENT = 8;
    private static final int VERSION = 1;

    private final UnwindEntry original;
    private final MovedCopy copy;
    private final byte[] instructions;
    private final Optional<CopyExceptions> exceptions;

    private CopyUnwind(UnwindEntry original, MovedCopy copy, byte[] instructions, Optional<CopyExceptions> exceptions) {
        this.original = original;
        this.copy = copy;
        this.instructions = instructions;
        this.exceptions = exceptions;
    }

    /// That of a copy.
    ///
    /// @return empty if the function has no unwind entry
    /// @throws ElfException if the unwind entry of the function is malformed
    public static Optional<CopyUnwind> of(EntryModule module, EntryPatch patch, MovedCopy copy) throws ElfException {
        try {
            return plan(module, patch, copy);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException("a patch of a function that is refused: " + refusal.text(), refusal);
        }
    }

    /// The same, where the function may still be refused.
    static Optional<CopyUnwind> plan(EntryModule module, EntryPatch patch, MovedCopy copy)
            throws ElfException, Refusal {
        Optional<UnwindEntry> found = module.unwindEntry(patch.place());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        UnwindEntry original = found.get();
        boolean isCalling = patch.moved().stream().anyMatch(step -> step.flow().isCall());
        Optional<ExceptionTable> table = isCalling ? ExceptionTable.of(module.file(), original) : Optional.empty();
        Optional<CopyExceptions> exceptions =
                table.isPresent() ? CopyExceptions.of(table.get(), patch, copy) : Optional.empty();
        return Optional.of(new CopyUnwind(original, copy, CallFrames.of(original, copy), exceptions));
    }

    /// What ends a table of entries, to be written behind the last of them.
    public static byte[] terminator() {
        return new byte[TERMINATOR];
    }

    /// How many bytes [#exceptions] has; 0 if no moved call needs any.
    public int exceptionsLength() {
        return exceptions.isPresent() ? exceptions.get().length() : 0;
    }

    /// The table of landing pads (`.gcc_except_table`), to be loaded with the copy.
    ///
    /// @param address where it is to stand: a multiple of 4
    /// @throws OutOfRange if it is 2 GiB or more away from the function
    public byte[] exceptions(long address) throws OutOfRange {
        return exceptions.isPresent() ? exceptions.get().bytes(address) : new byte[0];
    }

    /// How many bytes [#frames] has, wherever they stand: a multiple of 8.
    public int framesLength() {
        return common(0).length + description(0, 0).length;
    }

    /// The common and the frame description entry (`.eh_frame`). Several copies may have theirs one behind the
    /// other.
    ///
    /// @param address           where they are to stand: a multiple of 8
    /// @param exceptionsAddress where [#exceptions] stands
    /// @throws OutOfRange if they are 2 GiB or more away from the copy
    public byte[] frames(long address, long exceptionsAddress) throws OutOfRange {
        byte[] common = common(address);
        long next = address + common.length;
        check(next, copy.address());
        check(next, exceptions.isPresent() ? exceptionsAddress : next);
        check(address, exceptions.isPresent() ? original.personality().value() : address);
        byte[] description = description(next, exceptionsAddress);
        return ByteBuffer.allocate(common.length + description.length)
                .put(common)
                .put(description)
                .array();
    }

    private static void check(long from, long to) throws OutOfRange {
        long distance = to - from;
        if (Math.abs(distance) > Integer.MAX_VALUE - (1 << 16)) {
            throw OutOfRange.of(SiteKind.DATA_POINTER, from, to, "2 GiB");
        }
    }

    private byte[] common(long address) {
        Entry entry = new Entry(address);
        entry.word(0); // of a common information entry
        entry.out.write(VERSION);
        String augmentation = "z" + (exceptions.isPresent() ? "PL" : "") + "R" + (original.isSignalFrame() ? "S" : "")
                + (original.usesKeyB() ? "B" : "");
        augmentation.chars().forEach(entry.out::write);
        entry.out.write(0);
        entry.uleb(original.codeAlignment());
        entry.sleb(original.dataAlignment());
        entry.uleb(original.returnRegister());
        if (exceptions.isPresent()) {
            entry.uleb(1 + Integer.BYTES + 1 + 1);
            entry.out.write(RELATIVE | (original.isIndirect() ? INDIRECT : 0)); // P
            entry.distance(original.personality().value());
            entry.out.write(RELATIVE); // L
        } else {
            entry.uleb(1);
        }
        entry.out.write(RELATIVE); // R
        entry.out.writeBytes(original.common());
        return entry.bytes();
    }

    private byte[] description(long address, long exceptionsAddress) {
        Entry entry = new Entry(address);
        entry.word(common(0).length + Integer.BYTES); // back to the common entry
        entry.distance(copy.address());
        entry.word((int) (copy.end() - copy.address()));
        if (exceptions.isPresent()) {
            entry.uleb(Integer.BYTES);
            entry.distance(exceptionsAddress);
        } else {
            entry.uleb(0);
        }
        entry.out.writeBytes(instructions);
        return entry.bytes();
    }

    /// An entry that is being written.
    private static final class Entry {

        private final long address;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private Entry(long address) {
            this.address = address;
            word(0); // the length, known at the end
        }

        private void word(int word) {
            for (int i = 0; i < Integer.BYTES; i++) {
                out.write(word >> 8 * i);
            }
        }

        private void distance(long to) {
            word((int) (to - (address + out.size())));
        }

        private void uleb(long number) {
            long left = number;
            for (; left >>> 7 != 0; left >>>= 7) {
                out.write((int) left & 0x7f | 0x80);
            }
            out.write((int) left);
        }

        private void sleb(long number) {
            long left = number;
            for (; left >> 6 != 0 && left >> 6 != -1; left >>= 7) {
                out.write((int) left & 0x7f | 0x80);
            }
            out.write((int) left & 0x7f);
        }

        /// The whole entry, filled up with nops.
        private byte[] bytes() {
            while (out.size() % ALIGNMENT != 0) {
                out.write(0); // DW_CFA_nop
            }
            byte[] bytes = out.toByteArray();
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bytes.length - Integer.BYTES);
            return bytes;
        }
    }
}
