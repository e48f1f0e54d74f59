/// What reading a patchable field costs: as a switch, and as a table of operations.
@NullMarked
package dev.repoint.bench.field;

import org.jspecify.annotations.NullMarked;
