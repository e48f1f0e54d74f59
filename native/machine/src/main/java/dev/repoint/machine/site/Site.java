package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.SiteKind;

/// One place that uses a patchable: an instruction, or a word of data.
///
/// @param kind    the kind of its use, as built
/// @param address of the first byte of the instruction or word; in a relocatable file relative to its section
/// @param offset  of that byte in the file
/// @param length  in bytes, 1 to 15
/// @param section the name of the section that holds it; empty if the file has no section headers
/// @param in      the function that contains it, or the variable, as the text of its key; empty if no symbol
///     does
/// @param line    in the source code, from 1; -1 if it is not known, and before [SourceLines] has added it
/// @param leads   the address that the built instruction names: a function, its entry in the procedure linkage
///     table, a veneer, or for a pointer call, jump or load the slot that it reads; for a data pointer its value; 0
///     for a slot of an import, which the loader fills, and for an undefined symbol in a relocatable file
/// @param currentTarget its target now
public record Site(
        SiteKind kind,
        Address address,
        FileOffset offset,
        int length,
        String section,
        String in,
        int line,
        Address leads,
        CurrentTarget currentTarget) {

    /// The most bytes that an instruction has.
    public static final int LONGEST = 15;

    /// Checks the numbers.
    ///
    /// @throws IllegalArgumentException if length or line is out of its range
    public Site {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("a site of " + length + " bytes");
        }
        if (line < -1) {
            throw new IllegalArgumentException("a site in line " + line);
        }
    }
}
