/// Class bytes in, class bytes out, and the table of what can be patched.
@NullMarked
package dev.repoint.weaver;

import org.jspecify.annotations.NullMarked;
