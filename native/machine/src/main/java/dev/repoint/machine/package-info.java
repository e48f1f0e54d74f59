/// Chooses the architecture of a file.
@NullMarked
package dev.repoint.machine;

import org.jspecify.annotations.NullMarked;
