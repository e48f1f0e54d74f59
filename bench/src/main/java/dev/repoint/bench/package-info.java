/// What a patched call costs, and what a patch costs.
@NullMarked
package dev.repoint.bench;

import org.jspecify.annotations.NullMarked;
