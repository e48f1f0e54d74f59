/// A loaded segment that a linked file gets after it was linked.
@NullMarked
package dev.repoint.elf.segment;

import org.jspecify.annotations.NullMarked;
