package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.FileHeader;
import dev.repoint.elf.raw.ProgramHeader;
import dev.repoint.elf.raw.SectionHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads the file header and the two tables that it refers to.
final class HeaderReader {

    private final Source source;
    private final Bytes bytes;

    private HeaderReader(Source source) {
        this.source = source;
        this.bytes = source.bytes();
    }

    static Headers read(Source source) throws ElfFormatException {
        return new HeaderReader(source).read();
    }

    private Headers read() throws ElfFormatException {
        checkKind();
        FileHeader header = FileHeader.of(bytes);
        ElfType type = type(header);
        ElfMachine machine = machine(header);
        if (header.ehsize() != FileHeader.SIZE) {
            throw source.malformed(
                    FileHeader.E_EHSIZE,
                    "the ELF header says that it has " + header.ehsize() + " bytes; it has " + FileHeader.SIZE);
        }
        List<Section> sections = header.shoff() == 0 ? List.of() : SectionReader.read(source, header);
        return new Headers(
                type,
                machine,
                new Address(header.entry()),
                header.shoff(),
                sections,
                header.phoff(),
                segments(header, sections));
    }

    /// The first bytes (`e_ident`), by which everything else is read.
    private void checkKind() throws ElfFormatException {
        if (bytes.size() == 0) {
            throw source.malformed(0, "the file is empty");
        }
        if (bytes.size() < 4 || bytes.s32(0) != FileHeader.MAGIC) {
            throw source.malformed(0, "not an ELF file");
        }
        if (bytes.size() < FileHeader.SIZE) {
            throw source.malformed(bytes.size(), "the file ends inside the ELF header; it was cut off");
        }
        int width = bytes.u8(FileHeader.EI_CLASS);
        if (width == FileHeader.ELFCLASS32) {
            throw source.malformed(FileHeader.EI_CLASS, "a 32-bit ELF file; Repoint reads 64-bit ones");
        }
        if (width != FileHeader.ELFCLASS64) {
            throw source.malformed(FileHeader.EI_CLASS, "ELF class " + width + " does not exist");
        }
        int order = bytes.u8(FileHeader.EI_DATA);
        if (order == FileHeader.ELFDATA2MSB) {
            throw source.malformed(FileHeader.EI_DATA, "a big-endian ELF file; Repoint reads little-endian ones");
        }
        if (order != FileHeader.ELFDATA2LSB) {
            throw source.malformed(FileHeader.EI_DATA, "byte order " + order + " does not exist");
        }
        if (bytes.u8(FileHeader.EI_VERSION) != FileHeader.EV_CURRENT) {
            throw source.malformed(
                    FileHeader.EI_VERSION, "ELF version " + bytes.u8(FileHeader.EI_VERSION) + " does not exist");
        }
    }

    private ElfType type(FileHeader header) throws ElfFormatException {
        return switch (header.type()) {
            case FileHeader.ET_REL -> ElfType.RELOCATABLE;
            case FileHeader.ET_EXEC -> ElfType.EXECUTABLE;
            case FileHeader.ET_DYN -> ElfType.SHARED;
            case FileHeader.ET_CORE ->
                throw source.malformed(
                        FileHeader.E_TYPE, "a core file; Repoint reads object files, programs and shared libraries");
            default ->
                throw source.malformed(
                        FileHeader.E_TYPE,
                        "ELF type " + header.type()
                                + "; Repoint reads relocatable objects (1), executables (2) and shared objects (3)");
        };
    }

    private ElfMachine machine(FileHeader header) throws ElfFormatException {
        if (header.version() != FileHeader.EV_CURRENT) {
            throw source.malformed(
                    FileHeader.E_VERSION,
                    "ELF version " + Integer.toUnsignedString(header.version()) + " does not exist");
        }
        return switch (header.machine()) {
            case FileHeader.EM_X86_64 -> ElfMachine.X86_64;
            case FileHeader.EM_AARCH64 -> ElfMachine.AARCH64;
            default ->
                throw source.malformed(
                        FileHeader.E_MACHINE,
                        "machine " + header.machine() + name(header.machine())
                                + "; Repoint reads x86-64 (62) and AArch64 (183)");
        };
    }

    /// What people call a machine (`EM_*` of the gABI).
    private static String name(int machine) {
        return switch (machine) {
            case 3 -> ", which is x86 of 32 bits";
            case 8 -> ", which is MIPS";
            case 20, 21 -> ", which is PowerPC";
            case 22 -> ", which is S/390";
            case 40 -> ", which is ARM of 32 bits";
            case 243 -> ", which is RISC-V";
            case 247 -> ", which is BPF";
            case 258 -> ", which is LoongArch";
            default -> "";
        };
    }

    private List<Segment> segments(FileHeader header, List<Section> sections) throws ElfFormatException {
        long number = header.phnum();
        long field = FileHeader.E_PHNUM;
        if (number == FileHeader.PN_XNUM && !sections.isEmpty()) {
            number = Integer.toUnsignedLong(sections.getFirst().info());
            field = header.shoff() + SectionHeader.SH_INFO;
        }
        if (number == 0) {
            return List.of();
        }
        if (header.phentsize() != ProgramHeader.SIZE) {
            throw source.malformed(
                    FileHeader.E_PHENTSIZE,
                    "a program header is to have " + header.phentsize() + " bytes; it has " + ProgramHeader.SIZE);
        }
        source.requireRange(field, "the program header table", header.phoff(), number * ProgramHeader.SIZE);
        List<Segment> segments = new ArrayList<>(Headers.count(source, field, number));
        for (long at = header.phoff(), end = at + number * ProgramHeader.SIZE; at < end; at += ProgramHeader.SIZE) {
            segments.add(segment(at));
        }
        return Collections.unmodifiableList(segments);
    }

    private Segment segment(long at) throws ElfFormatException {
        ProgramHeader raw = ProgramHeader.at(bytes, at);
        Segment segment = new Segment(
                raw.type(),
                raw.flags(),
                new FileOffset(raw.offset()),
                new Address(raw.vaddr()),
                raw.filesz(),
                raw.memsz(),
                raw.align());
        if (segment.type() == Segment.PT_NULL) {
            return segment;
        }
        if (raw.filesz() != 0) {
            source.requireRange(at + ProgramHeader.P_FILESZ, "a segment", raw.offset(), raw.filesz());
        }
        if (raw.memsz() < 0 || Long.compareUnsigned(raw.vaddr(), -raw.memsz()) > 0 && raw.memsz() != 0) {
            throw source.malformed(
                    at + ProgramHeader.P_MEMSZ,
                    "a segment of " + Source.count(raw.memsz()) + " bytes at address " + segment.address()
                            + " passes the end of the address space");
        }
        if (Long.bitCount(raw.align()) > 1) {
            throw source.malformed(
                    at + ProgramHeader.P_ALIGN,
                    "alignment " + Source.count(raw.align()) + " of a segment is not a power of 2");
        }
        if (segment.isLoaded()) {
            checkLoaded(raw, at);
        }
        return segment;
    }

    private void checkLoaded(ProgramHeader raw, long at) throws ElfFormatException {
        if (raw.memsz() < raw.filesz()) {
            throw source.malformed(
                    at + ProgramHeader.P_MEMSZ,
                    "a segment of " + raw.filesz() + " bytes in the file is to take " + raw.memsz() + " in memory");
        }
        if (raw.align() != 0 && (raw.vaddr() - raw.offset() & raw.align() - 1) != 0) {
            throw source.malformed(
                    at + ProgramHeader.P_VADDR,
                    "a segment at offset " + Source.hex(raw.offset()) + " cannot be mapped at address "
                            + Source.hex(raw.vaddr()) + " with alignment " + raw.align());
        }
    }
}
