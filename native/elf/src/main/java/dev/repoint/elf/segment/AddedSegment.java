package dev.repoint.elf.segment;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.FileHeader;
import dev.repoint.elf.raw.ProgramHeader;
import dev.repoint.elf.raw.SectionHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One more loaded segment for a linked file: readable and executable, behind all others in memory and in the file.
///
/// 1. The segment begins on the first page behind the other ones. Sections that [make room][Displacement] for its
///    program header come first; then the caller's sections.
/// 2. Its program header is appended to the table, which stays in its place.
/// 3. A new table of section headers and its strings stand behind the segment: strip keeps only what has a section.
///
/// All bytes that change in the rest of the file are headers, and entries of the dynamic section.
public final class AddedSegment {

    private final ElfFile file;
    private final Bytes bytes;
    private final FileHeader header;
    private final long page;
    private final Address address;
    private final FileOffset offset;
    private final Displacement displaced;

    private AddedSegment(ElfFile file) throws ElfException {
        this.file = file;
        this.bytes = Bytes.of(file.bytes());
        this.header = FileHeader.of(bytes);
        this.page = file.machine() == ElfMachine.AARCH64 ? 1 << 16 : 1 << 12;
        this.address = new Address(aligned(memoryEnd(), page));
        this.offset = new FileOffset(aligned(bytes.size(), page));
        long table = header.phoff() + (long) header.phnum() * ProgramHeader.SIZE;
        this.displaced = Displacement.of(file, table, table + ProgramHeader.SIZE, address);
    }

    /// Looks whether a file can have one more segment.
    ///
    /// @throws ElfException if it cannot; the message says why
    public static AddedSegment of(ElfFile file) throws ElfException {
        if (!file.type().isLinked()
                || file.sections().isEmpty()
                || file.segments().stream().noneMatch(Segment::isLoaded)) {
            throw new ElfException(file.name()
                    + ": it cannot have another segment: it has no section headers, which say what would be in"
                    + " the way");
        }
        FileHeader header = FileHeader.of(Bytes.of(file.bytes()));
        if (header.phnum() >= FileHeader.PN_XNUM - 1
                || header.shnum() == 0
                || header.shstrndx() == FileHeader.SHN_XINDEX) {
            throw new ElfException(file.name() + ": it cannot have another segment: it has too many headers");
        }
        return new AddedSegment(file);
    }

    /// Where the sections of the caller can begin.
    public Address start() {
        return displaced.end();
    }

    /// Everything that is to be written.
    ///
    /// @param added   in the order of addresses, without overlaps, from [#start] on
    /// @param unwind  the address and size of the index of unwind entries, if it is a new one
    public List<FileWrite> writes(List<AddedSection> added, Optional<AddedSection> unwind) {
        byte[] content = content(added);
        List<FileWrite> writes = new ArrayList<>();
        programHeaders(content.length, unwind, writes);
        displaced
                .tags()
                .forEach((place, value) -> writes.add(new FileWrite(place, word(value.value()), "dynamic section")));
        byte[] strings = strings(added);
        long stringsAt = offset.value() + content.length;
        long headersAt = aligned(stringsAt + strings.length, Long.BYTES);
        byte[] headers = sectionHeaders(added, stringsAt, strings.length);
        writes.add(new FileWrite(new FileOffset(FileHeader.E_SHOFF), word(headersAt), "file header"));
        writes.add(new FileWrite(
                new FileOffset(FileHeader.E_SHNUM),
                half(header.shnum() + displaced.sections().size() + added.size()),
                "file header"));
        ByteBuffer grown = ByteBuffer.allocate((int) (headersAt + headers.length - bytes.size()));
        grown.put((int) (offset.value() - bytes.size()), content);
        grown.put((int) (stringsAt - bytes.size()), strings);
        grown.put((int) (headersAt - bytes.size()), headers);
        writes.add(new FileWrite(new FileOffset(bytes.size()), grown.array(), "new segment"));
        return writes;
    }

    /// The part of the file's growth that comes before an address of the segment.
    public FileOffset offsetOf(Address place) {
        return offset.plus(place.value() - address.value());
    }

    private byte[] content(List<AddedSection> added) {
        Address end = added.isEmpty() ? displaced.end() : added.getLast().end();
        byte[] content = new byte[(int) (end.value() - address.value())];
        displaced.copy(content, address);
        for (AddedSection section : added) {
            int at = (int) (section.address().value() - address.value());
            System.arraycopy(section.bytes(), 0, content, at, section.bytes().length);
        }
        return content;
    }

    private void programHeaders(int length, Optional<AddedSection> unwind, List<FileWrite> writes) {
        long table = header.phoff();
        for (int i = 0; i < file.segments().size(); i++) {
            Segment segment = file.segments().get(i);
            long at = table + (long) i * ProgramHeader.SIZE;
            ByteBuffer changed =
                    ByteBuffer.wrap(bytes.array(at, ProgramHeader.SIZE)).order(ByteOrder.LITTLE_ENDIAN);
            OptionalLong place = displaced.place(segment);
            if (place.isPresent()) {
                put(changed, new Address(place.getAsLong()), segment.fileSize());
            } else if (segment.type() == Segment.PT_PHDR) {
                put(changed, segment.address(), segment.offset(), segment.fileSize() + ProgramHeader.SIZE);
            } else if (segment.type() == Segment.PT_GNU_EH_FRAME && unwind.isPresent()) {
                put(changed, unwind.get().address(), unwind.get().bytes().length);
            } else {
                continue;
            }
            writes.add(new FileWrite(new FileOffset(at), changed.array(), "program header"));
        }
        ByteBuffer own = ByteBuffer.allocate(ProgramHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        own.putInt(0, Segment.PT_LOAD).putInt(ProgramHeader.P_FLAGS, Segment.PF_R | Segment.PF_X);
        own.putLong(ProgramHeader.P_ALIGN, page);
        put(own, address, length);
        long end = table + (long) file.segments().size() * ProgramHeader.SIZE;
        writes.add(new FileWrite(new FileOffset(end), own.array(), "program header"));
        writes.add(new FileWrite(
                new FileOffset(FileHeader.E_PHNUM), half(file.segments().size() + 1), "file header"));
    }

    private void put(ByteBuffer programHeader, Address place, long size) {
        put(programHeader, place, offsetOf(place), size);
    }

    private static void put(ByteBuffer programHeader, Address place, FileOffset at, long size) {
        programHeader.putLong(ProgramHeader.P_OFFSET, at.value());
        programHeader.putLong(ProgramHeader.P_VADDR, place.value());
        programHeader.putLong(ProgramHeader.P_VADDR + Long.BYTES, place.value()); // p_paddr
        programHeader.putLong(ProgramHeader.P_FILESZ, size);
        programHeader.putLong(ProgramHeader.P_MEMSZ, size);
    }

    /// The names of the placeholders and of the new sections stand behind the old names.
    private byte[] strings(List<AddedSection> added) {
        Section old = file.sections().get(header.shstrndx());
        StringBuilder names = new StringBuilder();
        displaced
                .sections()
                .forEach(section -> names.append(placeholder(section)).append('\0'));
        added.forEach(section -> names.append(section.name()).append('\0'));
        byte[] more = names.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(bytes.array(old.offset().value(), (int) old.size()), (int) old.size() + more.length);
        System.arraycopy(more, 0, all, (int) old.size(), more.length);
        return all;
    }

    private static String placeholder(Section section) {
        return ".moved" + section.name();
    }

    /// Sections keep their index. Those that move get a new one, and an empty section takes the old one: patchelf expects
    /// the table in the order of offsets.
    private byte[] sectionHeaders(List<AddedSection> added, long stringsAt, int stringsSize) {
        int old = header.shnum() * SectionHeader.SIZE;
        int size = old + (displaced.sections().size() + added.size()) * SectionHeader.SIZE;
        ByteBuffer headers = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        headers.put(0, bytes.array(header.shoff(), old));
        int strings = header.shstrndx() * SectionHeader.SIZE;
        headers.putLong(strings + SectionHeader.SH_OFFSET, stringsAt);
        headers.putLong(strings + SectionHeader.SH_SIZE, stringsSize);
        int name = (int) file.sections().get(header.shstrndx()).size();
        int at = old;
        for (Section section : displaced.sections()) {
            move(headers, section, at);
            headers.putInt(section.index().value() * SectionHeader.SIZE + SectionHeader.SH_NAME, name);
            name += placeholder(section).getBytes(StandardCharsets.UTF_8).length + 1;
            at += SectionHeader.SIZE;
        }
        for (AddedSection section : added) {
            headers.putInt(at + SectionHeader.SH_NAME, name);
            headers.putInt(at + SectionHeader.SH_TYPE, Section.SHT_PROGBITS);
            headers.putLong(
                    at + SectionHeader.SH_FLAGS, Section.SHF_ALLOC | (section.isCode() ? Section.SHF_EXECINSTR : 0));
            place(headers, at, section.address(), section.bytes().length);
            headers.putLong(at + SectionHeader.SH_ADDRALIGN, Long.BYTES);
            name += section.name().getBytes(StandardCharsets.UTF_8).length + 1;
            at += SectionHeader.SIZE;
        }
        return headers.array();
    }

    private void move(ByteBuffer headers, Section section, int to) {
        int from = section.index().value() * SectionHeader.SIZE;
        headers.put(to, headers.array(), from, SectionHeader.SIZE);
        place(headers, to, new Address(displaced.place(section).orElseThrow()), section.size());
        for (int other = 0; other < to; other += SectionHeader.SIZE) {
            if (headers.getInt(other + SectionHeader.SH_LINK) == section.index().value()) {
                headers.putInt(other + SectionHeader.SH_LINK, to / SectionHeader.SIZE);
            }
        }
        long table = header.phoff() + (header.phnum() + 1L) * ProgramHeader.SIZE;
        headers.putInt(from + SectionHeader.SH_TYPE, Section.SHT_PROGBITS);
        headers.putLong(from + SectionHeader.SH_FLAGS, Section.SHF_ALLOC);
        headers.putLong(
                from + SectionHeader.SH_ADDR,
                file.addressOf(new FileOffset(table)).map(Address::value).orElse(0L));
        headers.putLong(from + SectionHeader.SH_OFFSET, table);
        headers.putLong(from + SectionHeader.SH_SIZE, 0);
        headers.putLong(from + SectionHeader.SH_LINK, 0); // and the information behind it
        headers.putLong(from + SectionHeader.SH_ADDRALIGN, 1);
        headers.putLong(from + SectionHeader.SH_ENTSIZE, 0);
    }

    private void place(ByteBuffer headers, int at, Address place, long size) {
        headers.putLong(at + SectionHeader.SH_ADDR, place.value());
        headers.putLong(at + SectionHeader.SH_OFFSET, offsetOf(place).value());
        headers.putLong(at + SectionHeader.SH_SIZE, size);
    }

    private long memoryEnd() {
        long end = 0;
        for (Segment segment : file.segments()) {
            if (segment.isLoaded()) {
                long last = segment.address().value() + segment.memorySize();
                end = Long.compareUnsigned(last, end) > 0 ? last : end;
            }
        }
        return end;
    }

    private static long aligned(long number, long unit) {
        return (number + unit - 1) / unit * unit;
    }

    private static byte[] word(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] half(int value) {
        return ByteBuffer.allocate(Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) value)
                .array();
    }
}
