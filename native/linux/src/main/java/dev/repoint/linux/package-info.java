/// Patches of native code in this process.
@NullMarked
package dev.repoint.linux;

import org.jspecify.annotations.NullMarked;
