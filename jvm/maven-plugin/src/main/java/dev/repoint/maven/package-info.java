/// The weaver as a Maven plugin: options in, a process of the weaver, reports out.
@NullMarked
package dev.repoint.maven;

import org.jspecify.annotations.NullMarked;
