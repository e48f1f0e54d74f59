/// Native code that runs in this process, pointed elsewhere.
@NullMarked
package dev.repoint.linux;

import org.jspecify.annotations.NullMarked;
