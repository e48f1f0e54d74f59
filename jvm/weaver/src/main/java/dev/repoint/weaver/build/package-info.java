/// The weaver as a step of a build: a process of its own that a build tool on any Java starts.
@NullMarked
package dev.repoint.weaver.build;

import org.jspecify.annotations.NullMarked;
