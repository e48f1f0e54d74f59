/// Instructions that Repoint reads and writes, the same for every architecture.
@NullMarked
package dev.repoint.machine.instruction;

import org.jspecify.annotations.NullMarked;
