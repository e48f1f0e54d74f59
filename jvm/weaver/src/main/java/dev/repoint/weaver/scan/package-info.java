/// Scans classes: the patchables that they declare and use, and what patching would affect. Changes nothing.
@NullMarked
package dev.repoint.weaver.scan;

import org.jspecify.annotations.NullMarked;
