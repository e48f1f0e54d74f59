/// What weaving costs, against ASM.
@NullMarked
package dev.repoint.bench.weave;

import org.jspecify.annotations.NullMarked;
