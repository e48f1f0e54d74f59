/// How long a running program stands still while it is patched from outside.
@NullMarked
package dev.repoint.bench.process;

import org.jspecify.annotations.NullMarked;
