/// What one call costs in each form, alone and inside a loop that vectorises.
@NullMarked
package dev.repoint.bench.call;

import org.jspecify.annotations.NullMarked;
