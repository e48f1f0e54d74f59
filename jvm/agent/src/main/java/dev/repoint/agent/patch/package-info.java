/// Finds keys, makes them patchable, and sets their targets. Refers to the weaving.
@NullMarked
package dev.repoint.agent.patch;

import org.jspecify.annotations.NullMarked;
