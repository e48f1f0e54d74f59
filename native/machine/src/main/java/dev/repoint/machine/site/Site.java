package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.SiteKind;

/// One place that uses a patchable: an instruction, or a word of data.
///
/// @param kind    how it uses the patchable while it leads to the default
/// @param address of the first byte of the instruction or word; in a relocatable file relative to its section
/// @param offset  of that byte in the file
/// @param length  in bytes, 1 to 15
/// @param section the name of the section that holds it; empty if the file has no section headers
/// @param in      the function that contains it, or the variable, as the text of its key; empty if no symbol
///     does
/// @param line    of the source code that it comes from, from 1; -1 if it is not known, and until [SourceLines]
///     tells it
/// @param leads   what the built instruction names, and must name again to lead to the default: a function, its
///     entry in the procedure linkage table, a veneer, or for a pointer call, jump or load the slot that it
///     reads; of a data pointer the value; 0 for a slot of an import, which the loader finds, and in a
///     relocatable file where the symbol is not defined
/// @param currentTarget what it leads to now
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
