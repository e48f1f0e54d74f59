/// What collecting the sites of a native file costs.
@NullMarked
package dev.repoint.bench.collect;

import org.jspecify.annotations.NullMarked;
