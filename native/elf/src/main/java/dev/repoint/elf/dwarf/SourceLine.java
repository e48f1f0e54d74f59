package dev.repoint.elf.dwarf;

/// A line of source code.
///
/// @param file as the compiler was given it: a path, or a name
/// @param line from 1 on
public record SourceLine(String file, int line) {

    /// As compilers write it: `src/util.c:17`.
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
