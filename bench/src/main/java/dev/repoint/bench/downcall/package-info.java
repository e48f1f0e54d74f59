/// What a call from Java into a patched library costs.
@NullMarked
package dev.repoint.bench.downcall;

import org.jspecify.annotations.NullMarked;
