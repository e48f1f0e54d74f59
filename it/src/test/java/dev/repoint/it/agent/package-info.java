/// The agent in JVMs of its own: programs that never heard of Repoint, started with it or attached to.
@NullMarked
package dev.repoint.it.agent;

import org.jspecify.annotations.NullMarked;
