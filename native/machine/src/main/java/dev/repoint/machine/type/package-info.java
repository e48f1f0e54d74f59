/// Types of functions in debug information, and targets that do not fit them.
@NullMarked
package dev.repoint.machine.type;

import org.jspecify.annotations.NullMarked;
