/// One view of an ELF file, and the errors of the native half.
@NullMarked
package dev.repoint.elf;

import org.jspecify.annotations.NullMarked;
