/// What debug information says about the code and the variables of an ELF file: DWARF, versions 2 to 5.
///
/// Only what Repoint uses: lines of source code, and members of structs. Sections may be compressed with zlib;
/// those compressed otherwise, and those in files of their own, are as if they were not there.
@NullMarked
package dev.repoint.elf.dwarf;

import org.jspecify.annotations.NullMarked;
