/// Patchables that follow feature flags.
@NullMarked
package dev.repoint.openfeature;

import org.jspecify.annotations.NullMarked;
