/// The service that `repoint demo` retargets: an ordinary program over an ordinary library, which knows nothing
/// of Repoint.
@NullMarked
package dev.repoint.demo;

import org.jspecify.annotations.NullMarked;
