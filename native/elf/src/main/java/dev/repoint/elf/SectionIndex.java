package dev.repoint.elf;

/// The place of a section in the section header table.
///
/// @param value from 0 on, where 0 is the entry that stands for no section
public record SectionIndex(int value) implements Comparable<SectionIndex> {

    /// @throws IllegalArgumentException if the value is negative
    public SectionIndex {
        if (value < 0) {
            throw new IllegalArgumentException("section index " + value);
        }
    }

    @Override
    public int compareTo(SectionIndex other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
