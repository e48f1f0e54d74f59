package dev.repoint.elf.dwarf;

/// A member of the struct, class or union that a variable is.
///
/// @param name              as a program writes it behind the variable and a point: `flush`, or `io.flush` for
///     a member of a member; members of unnamed structs have no more than their own name
/// @param offset            how many bytes it starts behind the variable
/// @param isFunctionPointer whether it is a pointer to a function
public record Member(String name, long offset, boolean isFunctionPointer) {}
