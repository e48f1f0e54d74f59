/// What a call of native code costs, in the forms that it may have.
@NullMarked
package dev.repoint.bench.nativecall;

import org.jspecify.annotations.NullMarked;
