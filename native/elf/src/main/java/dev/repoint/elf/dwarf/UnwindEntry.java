package dev.repoint.elf.dwarf;

import dev.repoint.elf.Address;

/// How a debugger, a profiler or an exception finds the caller of a function: a frame description entry
/// together with what its common information entry says (Linux Standard Base 5.0, part 10.6; DWARF 5, section
/// 6.4).
///
/// @param start             the address of the first instruction that it describes
/// @param end               the address behind the last one
/// @param codeAlignment     the unit of advances, in bytes
/// @param dataAlignment     the unit of offsets, in bytes
/// @param returnRegister    the column of the return address
/// @param isSignalFrame     whether the address of its callers' frames is that of an instruction, and not of the
///     one behind it
/// @param usesKeyB          whether return addresses are signed with key B of AArch64
/// @param personality       the address of the routine that looks at exceptions that pass, or of a pointer to it;
///     0 if there is none
/// @param isIndirect        whether that is the address of a pointer
/// @param exceptions        the address of the table of that routine; 0 if there is none
/// @param encoding          how `start` is written, `DW_EH_PE_...`
/// @param common            call frame instructions that hold at the start of each function
/// @param instructions      call frame instructions of this one, from its start on
/// @param instructionsStart the address of the first byte of `instructions`
public record UnwindEntry(
        Address start,
        Address end,
        long codeAlignment,
        long dataAlignment,
        long returnRegister,
        boolean isSignalFrame,
        boolean usesKeyB,
        Address personality,
        boolean isIndirect,
        Address exceptions,
        int encoding,
        byte[] common,
        byte[] instructions,
        Address instructionsStart) {}
