package dev.repoint.linux.process;

import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Note;
import dev.repoint.elf.Segment;
import dev.repoint.linux.call.CallFailedException;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerRecord;
import dev.repoint.linux.ptrace.RemoteMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/// Whether the file behind a mapping of another process is what runs there.
final class MappedFile {

    private static final long PROGRAM_HEADERS = 32; // e_phoff
    private static final long PROGRAM_HEADER_SIZE = 56; // sizeof(Elf64_Phdr)
    private static final int PART = 1 << 20;

    private MappedFile() {}

    /// Compares what is mapped with the file: the program headers, then the build id, or without one the code
    /// itself.
    ///
    /// @param ledger what was patched, and may differ
    static boolean isSame(RemoteMemory memory, ProcessModule module, List<LedgerEntry> ledger) {
        try {
            if (!isSameHeaders(memory, module)) {
                return false;
            }
            for (Note note : module.file().notes()) {
                boolean isLoaded = module.file().addressOf(note.offset()).isPresent();
                if (isLoaded
                        && note.type() == Note.NT_GNU_BUILD_ID
                        && note.owner().equals("GNU")) {
                    return isSameBytes(memory, module, note.offset(), note.size(), List.of());
                }
            }
            return isSameCode(memory, module, ledger);
        } catch (CallFailedException e) {
            return false; // it is not mapped any more
        }
    }

    /// Compares the code alone with that of the file.
    ///
    /// @param ledger what was patched, and may differ
    /// @throws CallFailedException if it is not mapped any more
    static boolean isSameCode(RemoteMemory memory, ProcessModule module, List<LedgerEntry> ledger) {
        for (Segment segment : module.file().segments()) {
            boolean isCode = segment.isLoaded() && segment.isExecutable() && !segment.isWritable();
            if (isCode && !isSameBytes(memory, module, segment.offset(), segment.fileSize(), ledger)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameHeaders(RemoteMemory memory, ProcessModule module) {
        MemorySegment bytes = module.file().bytes();
        long headers = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, PROGRAM_HEADERS);
        long size = module.file().segments().size() * PROGRAM_HEADER_SIZE;
        return isSameBytes(memory, module, new FileOffset(headers), size, List.of());
    }

    private static boolean isSameBytes(
            RemoteMemory memory, ProcessModule module, FileOffset offset, long size, List<LedgerEntry> ledger) {
        if (module.file().addressOf(offset).isEmpty()) {
            return false;
        }
        long address = module.at(module.file().addressOf(offset).get());
        for (long done = 0; done < size; done += PART) {
            int length = (int) Math.min(PART, size - done);
            byte[] found = memory.read(address + done, length);
            unpatch(found, address + done, ledger);
            byte[] expected =
                    module.file().bytes().asSlice(offset.value() + done, length).toArray(ValueLayout.JAVA_BYTE);
            if (!Arrays.equals(found, expected)) {
                return false;
            }
        }
        return true;
    }

    private static void unpatch(byte[] bytes, long address, List<LedgerEntry> ledger) {
        for (LedgerEntry entry : ledger) {
            for (LedgerRecord.Site site : entry.sites()) {
                for (int i = 0; i < site.length(); i++) {
                    long place = site.address() + i - address;
                    if (place >= 0 && place < bytes.length) {
                        bytes[(int) place] = (byte) (site.original() >>> Byte.SIZE * i);
                    }
                }
            }
        }
    }
}
