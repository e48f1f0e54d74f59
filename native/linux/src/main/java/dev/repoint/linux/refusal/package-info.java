/// Refusals of patches of other processes.
@NullMarked
package dev.repoint.linux.refusal;

import org.jspecify.annotations.NullMarked;
