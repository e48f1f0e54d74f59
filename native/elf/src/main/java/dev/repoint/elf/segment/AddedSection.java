package dev.repoint.elf.segment;

import dev.repoint.elf.Address;

/// A section of an [added segment][AddedSegment].
///
/// @param name    of the section
/// @param address where it is loaded
/// @param isCode  whether it holds instructions
/// @param bytes   its content; not copied
public record AddedSection(String name, Address address, boolean isCode, byte[] bytes) {

    /// The address behind its last byte.
    public Address end() {
        return address.plus(bytes.length);
    }
}
