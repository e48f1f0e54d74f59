package dev.repoint.elf;

/// An address in the memory of a program, as the file has it before the program is loaded; in a relocatable
/// file, a distance from the start of a section.
///
/// @param value unsigned, 64 bits
public record Address(long value) implements Comparable<Address> {

    /// So many bytes further on, or back if negative. Wraps around as the machine does.
    public Address plus(long bytes) {
        return new Address(value + bytes);
    }

    /// Orders as unsigned numbers.
    @Override
    public int compareTo(Address other) {
        return Long.compareUnsigned(value, other.value);
    }

    /// In hexadecimal: `0x1139`.
    @Override
    public String toString() {
        return "0x" + Long.toHexString(value);
    }
}
