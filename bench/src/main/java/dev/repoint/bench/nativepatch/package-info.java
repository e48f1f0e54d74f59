/// What a patch of native code costs while it is made.
@NullMarked
package dev.repoint.bench.nativepatch;

import org.jspecify.annotations.NullMarked;
