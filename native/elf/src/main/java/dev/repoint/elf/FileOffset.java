package dev.repoint.elf;

/// A distance from the start of a file, in bytes.
///
/// @param value unsigned, 64 bits
public record FileOffset(long value) implements Comparable<FileOffset> {

    /// So many bytes further on, or back if negative. Wraps around as the machine does.
    public FileOffset plus(long bytes) {
        return new FileOffset(value + bytes);
    }

    /// Orders as unsigned numbers.
    @Override
    public int compareTo(FileOffset other) {
        return Long.compareUnsigned(value, other.value);
    }

    /// In hexadecimal: `0x1139`.
    @Override
    public String toString() {
        return "0x" + Long.toHexString(value);
    }
}
