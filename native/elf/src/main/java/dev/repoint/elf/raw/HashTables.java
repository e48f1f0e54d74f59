package dev.repoint.elf.raw;

/// The fields at the start of the two hash tables of symbols: `DT_HASH`, gABI chapter 5, "Hash Table", and
/// `DT_GNU_HASH`, as GNU and LLVM linkers write it.
public final class HashTables {

    /// The size of the fields of `DT_HASH`, in bytes.
    public static final int HASH_SIZE = 8;
    /// The size of the fields of `DT_GNU_HASH`, in bytes. The bloom filter follows, in words of 8 bytes, then
    /// the buckets and the chains, of 4 bytes each.
    public static final int GNU_SIZE = 16;

    private HashTables() {}

    /// `nchain` of `DT_HASH`, which is the number of symbols.
    public static long chains(Bytes bytes, long at) {
        return bytes.u32(at + 4);
    }

    /// `nbuckets` of `DT_GNU_HASH`.
    public static long gnuBuckets(Bytes bytes, long at) {
        return bytes.u32(at);
    }

    /// `symoffset` of `DT_GNU_HASH`: the first symbol that is in the table.
    public static long gnuFirstSymbol(Bytes bytes, long at) {
        return bytes.u32(at + 4);
    }

    /// `bloom_size` of `DT_GNU_HASH`, in words of 8 bytes.
    public static long gnuBloomWords(Bytes bytes, long at) {
        return bytes.u32(at + 8);
    }
}
