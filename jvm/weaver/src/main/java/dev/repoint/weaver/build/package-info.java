/// The weaver as a step of a build: a separate process that a build tool on any Java starts.
@NullMarked
package dev.repoint.weaver.build;

import org.jspecify.annotations.NullMarked;
