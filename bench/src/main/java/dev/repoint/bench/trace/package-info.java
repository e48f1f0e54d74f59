/// What it costs to show calls of a running program, with Repoint and with the tools that people use for it.
@NullMarked
package dev.repoint.bench.trace;

import org.jspecify.annotations.NullMarked;
