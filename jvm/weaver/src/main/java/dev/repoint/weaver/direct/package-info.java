/// Direct mode: the calls of a class are pointed at other methods, so that the class runs without Repoint.
@NullMarked
package dev.repoint.weaver.direct;

import org.jspecify.annotations.NullMarked;
