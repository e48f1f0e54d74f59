/// Traps of Linux: a thread that meets a breakpoint does there what the instruction would have done, in machine code
/// that each processor has in a package of its own.
@NullMarked
package dev.repoint.machine.trap;

import org.jspecify.annotations.NullMarked;
