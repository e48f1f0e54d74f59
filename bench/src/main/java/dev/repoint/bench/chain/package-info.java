/// What nested calls cost.
@NullMarked
package dev.repoint.bench.chain;

import org.jspecify.annotations.NullMarked;
