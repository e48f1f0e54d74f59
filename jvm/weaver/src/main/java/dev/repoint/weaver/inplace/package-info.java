/// Changes instructions in place, in classes that are already loaded and can get no bridges. Instructions move, so this
/// needs a class-file library: that of the JDK, or its backport. Nothing else in weaving needs one.
@NullMarked
package dev.repoint.weaver.inplace;

import org.jspecify.annotations.NullMarked;
