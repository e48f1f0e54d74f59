/// The service that `repoint demo` retargets.
@NullMarked
package dev.repoint.demo;

import org.jspecify.annotations.NullMarked;
