package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes of a file that are to become others. Immutable: the arrays are copied on the way in and out.
///
/// @param section     the name of the section that holds them; empty if none does
/// @param offset      where they are in the file
/// @param address     where they are in memory; 0 if they are not loaded; in a relocatable file relative to the
///     section
/// @param expected    what must stand there before; none at the end of the file, which then grows
/// @param replacement the new bytes; as many bytes, except at the end of the file
/// @param key         whose change this is
/// @param site        the text of the site for people: `call in main`
/// @param was         for data, what the bytes mean now; empty for instructions
/// @param becomes     for data, what they will mean; empty for instructions
public record Edit(
        String section,
        FileOffset offset,
        Address address,
        byte[] expected,
        byte[] replacement,
        String key,
        String site,
        String was,
        String becomes) {

    /// Copies the bytes.
    ///
    /// @throws IllegalArgumentException if the lengths differ, unless nothing is expected
    public Edit {
        expected = expected.clone();
        replacement = replacement.clone();
        if (expected.length != replacement.length && expected.length != 0) {
            throw new IllegalArgumentException(
                    expected.length + " bytes cannot become " + replacement.length + " at offset " + offset);
        }
    }

    /// A copy of what must stand there before.
    @Override
    public byte[] expected() {
        return expected.clone();
    }

    /// A copy of what is to stand there.
    @Override
    public byte[] replacement() {
        return replacement.clone();
    }

    /// The number of bytes that it writes.
    public int length() {
        return replacement.length;
    }

    /// Whether it makes the file longer.
    public boolean isGrowth() {
        return expected.length == 0;
    }

    /// Whether the bytes are instructions.
    public boolean isCode() {
        return was.isEmpty() && becomes.isEmpty();
    }

    /// Whether it writes anything but what stands there.
    boolean changes() {
        return !Arrays.equals(expected, replacement);
    }

    /// The offset after the last byte.
    long end() {
        return offset.value() + replacement.length;
    }

    /// Whether both are the same places and bytes, for whichever patchable.
    boolean writesAs(Edit other) {
        return offset.equals(other.offset) && Arrays.equals(replacement, other.replacement);
    }

    /// Compares the bytes as well.
    @Override
    public boolean equals(Object other) {
        return other instanceof Edit edit
                && writesAs(edit)
                && Arrays.equals(expected, edit.expected)
                && section.equals(edit.section)
                && address.equals(edit.address)
                && key.equals(edit.key)
                && site.equals(edit.site)
                && was.equals(edit.was)
                && becomes.equals(edit.becomes);
    }

    @Override
    public int hashCode() {
        return 31 * offset.hashCode() + Arrays.hashCode(replacement);
    }

    /// Such as `0x1139: e8 12 00 00 00 -> 0f 1f 44 00 00 (call in main)`.
    @Override
    public String toString() {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        return offset + ": " + hex.formatHex(expected) + " -> " + hex.formatHex(replacement) + " (" + site + ")";
    }
}
