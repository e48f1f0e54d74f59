package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import java.util.Objects;

/// Relative relocations in packed form (`SHT_RELR`, gABI chapter 4, "Relative Relocation Table"): the words to
/// which the loader adds its load address. Each holds its addend. Immutable and thread-safe.
///
/// An index outside of 0 to [#count] exclusive is an [IndexOutOfBoundsException]; nothing else is thrown.
public final class PackedRelocations {

    private final Bytes bytes;
    private final AddressMap addresses;
    private final long[] words;

    /// @param words their addresses, ascending; each lies in the file
    PackedRelocations(Bytes bytes, AddressMap addresses, long[] words) {
        this.bytes = bytes;
        this.addresses = addresses;
        this.words = words;
    }

    /// How many words there are.
    public int count() {
        return words.length;
    }

    /// The address of a word. Addresses ascend with the index.
    public long offset(int index) {
        return words[Objects.checkIndex(index, words.length)];
    }

    /// The content of a word: an address, before the load address is added.
    public long addend(int index) {
        return bytes.s64(offsetOfWord(index).value());
    }

    /// Where a word lies in the file. It has 8 bytes.
    public FileOffset offsetOfWord(int index) {
        return new FileOffset(addresses.offsetOf(offset(index), Long.BYTES));
    }

    @Override
    public String toString() {
        return words.length + " packed relocations";
    }
}
