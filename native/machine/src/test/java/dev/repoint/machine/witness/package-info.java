/// What others say of the same bytes: `objdump`, and the programs that run them.
@NullMarked
package dev.repoint.machine.witness;

import org.jspecify.annotations.NullMarked;
