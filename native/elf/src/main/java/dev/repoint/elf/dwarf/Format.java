package dev.repoint.elf.dwarf;

/// The sizes of what a unit is made of.
///
/// @param version     of DWARF: 2 to 5
/// @param offsetSize  of offsets into sections: 4, or 8 in the 64-bit format
/// @param addressSize of addresses
record Format(int version, int offsetSize, int addressSize) {

    /// Of a reference into another unit.
    int referenceSize() {
        return version == 2 ? addressSize : offsetSize;
    }
}
