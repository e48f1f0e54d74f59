/// The Gradle plugin: it wires tasks between the compilers and their consumers, and runs the weaver in a process.
@NullMarked
package dev.repoint.gradle;

import org.jspecify.annotations.NullMarked;
