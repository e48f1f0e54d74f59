/// How backtraces and exceptions find their way through code that no file has.
@NullMarked
package dev.repoint.linux.unwind;

import org.jspecify.annotations.NullMarked;
