package dev.repoint.elf.raw;

/// The fields of an entry of the dynamic section: `Elf64_Dyn`, gABI chapter 5, "Dynamic Section".
public final class DynamicEntry {

    /// The size of an entry, in bytes.
    public static final int SIZE = 16;

    private DynamicEntry() {}

    /// `d_tag`.
    public static long tag(Bytes bytes, long at) {
        return bytes.s64(at);
    }

    /// `d_un`, whose meaning depends on the tag.
    public static long value(Bytes bytes, long at) {
        return bytes.s64(at + 8);
    }
}
