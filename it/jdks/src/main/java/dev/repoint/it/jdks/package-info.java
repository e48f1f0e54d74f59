/// What is tried on each JDK: programs with the agent from the start or later, and woven ones.
@org.jspecify.annotations.NullMarked
package dev.repoint.it.jdks;
