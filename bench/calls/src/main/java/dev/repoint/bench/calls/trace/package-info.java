/// A program whose calls are observed.
@NullMarked
package dev.repoint.bench.calls.trace;

import org.jspecify.annotations.NullMarked;
