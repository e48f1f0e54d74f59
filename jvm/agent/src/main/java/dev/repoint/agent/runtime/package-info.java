/// The runtimes of the JVM, and what class loaders and modules can see of them. Refers to no other package of
/// the agent.
@NullMarked
package dev.repoint.agent.runtime;

import org.jspecify.annotations.NullMarked;
