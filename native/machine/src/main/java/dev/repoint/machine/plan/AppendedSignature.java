package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// The signature behind a kernel module (`scripts/sign-file` and `include/linux/module_signature.h` of Linux):
/// its bytes, 12 bytes with their number, and a line of text. It covers all bytes before it, so a patched module has
/// none.
public final class AppendedSignature {

    private static final byte[] MARK = "~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 12; // struct module_signature
    private static final int SIGNER = 3; // signer_len
    private static final int KEY = 4; // key_id_len
    private static final int SIZE = 8; // sig_len
    private static final ValueLayout.OfInt BIG = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private AppendedSignature() {}

    /// The size of the file without it, in bytes.
    ///
    /// @return empty if it has none
    public static OptionalLong start(ElfFile file) {
        MemorySegment bytes = file.bytes();
        long mark = bytes.byteSize() - MARK.length;
        if (mark < HEAD || bytes.asSlice(mark).mismatch(MemorySegment.ofArray(MARK)) != -1) {
            return OptionalLong.empty();
        }
        long head = mark - HEAD;
        long size = Integer.toUnsignedLong(bytes.get(BIG, head + SIZE))
                + Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, head + SIGNER))
                + Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, head + KEY));
        return OptionalLong.of(size > head ? head : head - size);
    }
}
