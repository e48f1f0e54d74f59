/// The functions of a module by the keys that people write.
@NullMarked
package dev.repoint.machine.function;

import org.jspecify.annotations.NullMarked;
