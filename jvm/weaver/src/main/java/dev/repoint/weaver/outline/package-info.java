/// What weaving needs to know of a class and of its supertypes without reading code: constants, members, flags.
@NullMarked
package dev.repoint.weaver.outline;

import org.jspecify.annotations.NullMarked;
