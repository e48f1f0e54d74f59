/// What a change costs: until it returns, and until the callers run at full speed again.
@NullMarked
package dev.repoint.bench.change;

import org.jspecify.annotations.NullMarked;
