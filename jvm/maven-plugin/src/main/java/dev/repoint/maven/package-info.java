/// The Maven plugin: it reads options, runs the weaver in a process, and prints its results.
@NullMarked
package dev.repoint.maven;

import org.jspecify.annotations.NullMarked;
