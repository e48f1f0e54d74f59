/// What is called of the C library: memory, signals, the barrier, the loader. The only place with restricted
/// methods of the Foreign Function and Memory API, and where an `errno` becomes an exception.
@NullMarked
package dev.repoint.linux.call;

import org.jspecify.annotations.NullMarked;
