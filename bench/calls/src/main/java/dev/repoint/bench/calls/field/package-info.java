/// What reading a patchable field costs: as a switch, and as a table of operations.
@NullMarked
package dev.repoint.bench.calls.field;

import org.jspecify.annotations.NullMarked;
