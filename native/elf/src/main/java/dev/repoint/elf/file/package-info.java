/// Files for messages: the kind of a path, the reason of a failure, and names without control characters.
@NullMarked
package dev.repoint.elf.file;

import org.jspecify.annotations.NullMarked;
