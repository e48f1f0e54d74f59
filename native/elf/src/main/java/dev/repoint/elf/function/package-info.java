/// The functions of a linked file, from everything that tells of them: symbols, debug files, unwind entries.
@NullMarked
package dev.repoint.elf.function;

import org.jspecify.annotations.NullMarked;
