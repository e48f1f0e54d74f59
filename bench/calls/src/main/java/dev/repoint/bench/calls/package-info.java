/// What one call costs in each form, alone and inside a loop that vectorises.
@NullMarked
package dev.repoint.bench.calls;

import org.jspecify.annotations.NullMarked;
