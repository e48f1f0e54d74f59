/// Patching another process: what it has mapped, what its keys lead to, and the change of them.
@NullMarked
package dev.repoint.linux.process;

import org.jspecify.annotations.NullMarked;
