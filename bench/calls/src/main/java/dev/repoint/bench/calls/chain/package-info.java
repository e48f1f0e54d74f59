/// What nested calls cost.
@NullMarked
package dev.repoint.bench.calls.chain;

import org.jspecify.annotations.NullMarked;
