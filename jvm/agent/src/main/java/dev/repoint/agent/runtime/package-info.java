/// The runtimes of the JVM, and their visibility to class loaders and modules. Refers to no other package of the
/// agent.
@NullMarked
package dev.repoint.agent.runtime;

import org.jspecify.annotations.NullMarked;
