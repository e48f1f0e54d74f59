/// Finds keys, makes them patchable, and sets their targets. Refers to the package `weave`.
@NullMarked
package dev.repoint.agent.patch;

import org.jspecify.annotations.NullMarked;
