package dev.repoint.elf.raw;

/// The fields at the start of a compressed section: `Elf64_Chdr`, gABI chapter 4, "Section Compression".
public final class CompressionHeader {

    /// The size of the header, in bytes.
    public static final int SIZE = 24;

    public static final int ELFCOMPRESS_ZLIB = 1;
    public static final int ELFCOMPRESS_ZSTD = 2;

    private CompressionHeader() {}

    /// `ch_type`.
    public static int type(Bytes bytes, long at) {
        return bytes.s32(at);
    }

    /// `ch_size`: how many bytes there are without compression.
    public static long size(Bytes bytes, long at) {
        return bytes.s64(at + 8);
    }
}
