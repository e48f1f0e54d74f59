package dev.repoint.linux.x86_64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Code of x86-64 that goes where a word of memory says, for any place: wherever it stands, and wherever the word is.
/// It changes no register and no flag, needs no return address, and keeps the stack pointer: it uses 16 bytes of the
/// red zone (System V ABI, 3.2.2), which nobody else does when a function begins.
final class X86ThroughMemory {

    private static final byte[] BEGIN = {
        (byte) 0xf3,
        0x0f,
        0x1e,
        (byte) 0xfa, // endbr64: it may be called through a pointer
        0x48,
        (byte) 0x89,
        0x44,
        0x24,
        (byte) 0xf8, // mov %rax,-8(%rsp)
        0x48,
        (byte) 0xa1 // movabs word,%rax
    };
    private static final byte[] FROM_TABLE = {0x48, (byte) 0x8b, (byte) 0x80}; // mov disp32(%rax),%rax
    private static final byte[] END = {
        0x48,
        (byte) 0x89,
        0x44,
        0x24,
        (byte) 0xf0, // mov %rax,-16(%rsp)
        0x48,
        (byte) 0x8b,
        0x44,
        0x24,
        (byte) 0xf8, // mov -8(%rsp),%rax
        (byte) 0xff,
        0x64,
        0x24,
        (byte) 0xf0 // jmp *-16(%rsp)
    };

    private X86ThroughMemory() {}

    /// Goes to the content of a word.
    ///
    /// @param address of the word
    static byte[] word(long address) {
        return code(BEGIN.length + Long.BYTES + END.length)
                .put(BEGIN)
                .putLong(address)
                .put(END)
                .array();
    }

    /// Goes to the content of a word of a table.
    ///
    /// @param table the address of the word with the address of the table
    /// @param index of the word in the table
    static byte[] slot(long table, int index) {
        return code(BEGIN.length + Long.BYTES + FROM_TABLE.length + Integer.BYTES + END.length)
                .put(BEGIN)
                .putLong(table)
                .put(FROM_TABLE)
                .putInt(Math.multiplyExact(index, Long.BYTES))
                .put(END)
                .array();
    }

    private static ByteBuffer code(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
