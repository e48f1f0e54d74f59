/// Sites of native code: what uses a function or a pointer, collected from the relocations of an ELF file.
@NullMarked
package dev.repoint.machine.site;

import org.jspecify.annotations.NullMarked;
