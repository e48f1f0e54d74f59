package dev.repoint.machine.entry;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import dev.repoint.machine.instruction.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The executable bytes of a linked file, in the order of addresses: its sections, or its segments if it has no
/// section headers.
final class EntryCode {

    private final List<Code> parts = new ArrayList<>();

    EntryCode(ElfFile file) {
        for (Section section : file.sections()) {
            if (section.isExecutable() && section.isAllocated() && section.hasBytes() && !section.isCompressed()) {
                add(file, section.address().value(), section.offset().value(), section.size());
            }
        }
        if (file.sections().isEmpty()) {
            for (Segment segment : file.segments()) {
                if (segment.isLoaded() && segment.isExecutable()) {
                    add(file, segment.address().value(), segment.offset().value(), segment.fileSize());
                }
            }
        }
        parts.sort((one, other) -> Long.compareUnsigned(one.address(), other.address()));
    }

    private void add(ElfFile file, long address, long offset, long size) {
        if (size > 0) {
            parts.add(new Code(file.bytes().asSlice(offset, size), address));
        }
    }

    List<Code> parts() {
        return parts;
    }

    /// The part that holds an address; null if none does.
    @Nullable
    Code at(long address) {
        for (Code part : parts) {
            if (part.contains(address, 1)) {
                return part;
            }
        }
        return null;
    }
}
