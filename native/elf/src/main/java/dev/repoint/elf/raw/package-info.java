/// Structures as the bytes of a 64-bit little-endian ELF file have them: nothing here judges a value.
///
/// Field names are those of the System V gABI, chapters 4 and 5. The reader of a structure has checked that its
/// bytes lie in the file.
@NullMarked
package dev.repoint.elf.raw;

import org.jspecify.annotations.NullMarked;
