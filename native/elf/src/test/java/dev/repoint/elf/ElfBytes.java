package dev.repoint.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The bytes of an ELF file, written by hand, so that tests know where each field is.
final class ElfBytes {

    private final ByteBuffer bytes;

    ElfBytes(int size) {
        this.bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A copy, to be changed.
    static ElfBytes of(byte[] bytes) {
        ElfBytes copy = new ElfBytes(bytes.length);
        copy.bytes.put(0, bytes);
        return copy;
    }

    byte[] array() {
        return bytes.array();
    }

    ElfBytes u8(int at, int value) {
        bytes.put(at, (byte) value);
        return this;
    }

    ElfBytes u16(int at, int value) {
        bytes.putShort(at, (short) value);
        return this;
    }

    ElfBytes u32(int at, long value) {
        bytes.putInt(at, (int) value);
        return this;
    }

    ElfBytes u64(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    long u64(int at) {
        return bytes.getLong(at);
    }

    ElfBytes text(int at, String text) {
        bytes.put(at, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// The ELF header.
    ElfBytes header(int type, int machine, int phoff, int phnum, int shoff, int shnum, int shstrndx) {
        u32(0, 0x46_4c_45_7f).u8(4, 2).u8(5, 1).u8(6, 1);
        u16(16, type).u16(18, machine).u32(20, 1).u64(32, phoff).u64(40, shoff);
        return u16(52, 64).u16(54, 56).u16(56, phnum).u16(58, 64).u16(60, shnum).u16(62, shstrndx);
    }

    ElfBytes section(
            int at,
            int name,
            int type,
            long flags,
            long address,
            long offset,
            long size,
            int link,
            int info,
            long entrySize) {
        u32(at, name).u32(at + 4, type).u64(at + 8, flags).u64(at + 16, address).u64(at + 24, offset);
        return u64(at + 32, size)
                .u32(at + 40, link)
                .u32(at + 44, info)
                .u64(at + 48, 1)
                .u64(at + 56, entrySize);
    }

    ElfBytes segment(int at, int type, int flags, long offset, long address, long fileSize, long memorySize) {
        u32(at, type)
                .u32(at + 4, flags)
                .u64(at + 8, offset)
                .u64(at + 16, address)
                .u64(at + 24, address);
        return u64(at + 32, fileSize).u64(at + 40, memorySize).u64(at + 48, 1);
    }

    ElfBytes symbol(int at, int name, int info, int other, int section, long value, long size) {
        u32(at, name).u8(at + 4, info).u8(at + 5, other).u16(at + 6, section);
        return u64(at + 8, value).u64(at + 16, size);
    }

    ElfBytes rela(int at, long offset, int symbol, int type, long addend) {
        return u64(at, offset).u64(at + 8, (long) symbol << 32 | type).u64(at + 16, addend);
    }

    ElfBytes dynamic(int at, long tag, long value) {
        return u64(at, tag).u64(at + 8, value);
    }
}
