/// Changes the memory of another process, whole or not at all.
@NullMarked
package dev.repoint.linux.patcher;

import org.jspecify.annotations.NullMarked;
