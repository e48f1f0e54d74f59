package dev.repoint.it.machine;

import dev.repoint.machine.instruction.SiteKind;

/// A branch as a disassembler that is not ours sees it.
///
/// @param in    the function that contains it
/// @param start the address of its first byte, prefixes included
/// @param end   the address after its last byte
/// @param kind  a call, jump or conditional jump, direct or through a pointer in memory
/// @param to    where a direct one leads, or the address of the pointer
/// @param name  what the disassembler calls that place, with distance if it is not the start: `main+0x12`
/// @param relocated whether a relocation names a place in it
record Branch(String in, long start, long end, SiteKind kind, long to, String name, boolean relocated) {

    /// Whether it leads to code that its instruction names.
    boolean isDirect() {
        return kind == SiteKind.CALL || kind == SiteKind.JUMP || kind == SiteKind.CONDITIONAL_JUMP;
    }

    /// Whether a site is this branch. Prefixes and the empty instruction after a shortened call may be part of
    /// either.
    ///
    /// @param address of the site
    /// @param length  of the site
    boolean isAt(long address, int length) {
        return address >= start && address < end && (address + length == end || address + length == end + 1);
    }

    @Override
    public String toString() {
        return kind.text() + " at 0x" + Long.toHexString(start) + " in " + in + " to " + name
                + (relocated ? "" : ", without relocation");
    }
}
