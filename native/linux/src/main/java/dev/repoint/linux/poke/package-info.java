/// The breakpoint protocol: code that threads are running is changed under them.
@NullMarked
package dev.repoint.linux.poke;

import org.jspecify.annotations.NullMarked;
