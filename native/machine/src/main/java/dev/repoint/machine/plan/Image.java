package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.site.Site;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A linked file as it will lie in memory: bytes by address.
final class Image {

    private final ElfFile file;
    private final Architecture architecture;
    private final List<Code> executable = new ArrayList<>();

    Image(ElfFile file) {
        this.file = file;
        this.architecture = Architectures.of(file.machine());
        for (Segment segment : file.segments()) {
            if (segment.isLoaded() && segment.isExecutable() && segment.fileSize() > 0) {
                executable.add(new Code(
                        file.bytes().asSlice(segment.offset().value(), segment.fileSize()),
                        segment.address().value()));
            }
        }
    }

    ElfFile file() {
        return file;
    }

    Architecture architecture() {
        return architecture;
    }

    /// The code around an address; null if nothing executable is loaded there from the file.
    @Nullable
    Code codeAt(long address) {
        for (Code code : executable) {
            if (code.contains(address, 1)) {
                return code;
            }
        }
        return null;
    }

    /// The instruction that stands at a site now.
    ///
    /// @return null if none of the forms stands there that sites have
    @Nullable
    Instruction instructionAt(Site site) {
        long start = site.address().value();
        Code code = codeAt(start);
        if (code == null) {
            return null;
        }
        // A relocation names the instruction on AArch64, and on x86-64 what follows one or two bytes of opcode.
        for (long field = start; field <= start + 2; field++) {
            Instruction found = architecture.at(code, field);
            if (found != null
                    && found.address() >= start
                    && found.address() + found.length() <= start + site.length()) {
                return found;
            }
        }
        return null;
    }

    /// Bytes at an address; null if they are not loaded from the file.
    byte @Nullable [] bytes(long address, int length) {
        FileOffset offset = file.offsetOf(new Address(address)).orElse(null);
        FileOffset last = file.offsetOf(new Address(address + length - 1)).orElse(null);
        if (offset == null || last == null || last.value() - offset.value() != length - 1) {
            return null;
        }
        return bytes(offset, length);
    }

    /// Bytes of the file, which has them.
    byte[] bytes(FileOffset offset, int length) {
        return file.bytes().asSlice(offset.value(), length).toArray(ValueLayout.JAVA_BYTE);
    }

    /// The name of the section that holds an address; empty if none does.
    String section(long address) {
        return file.sectionAt(new Address(address)).map(Section::name).orElse("");
    }
}
