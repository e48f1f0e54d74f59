/// What a call of native code costs whose function is patched at its entry, and by other tools.
@NullMarked
package dev.repoint.bench.nativeentry;

import org.jspecify.annotations.NullMarked;
