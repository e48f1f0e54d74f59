/// The entry points of the agent: options in, weaver and runtime out.
@NullMarked
package dev.repoint.agent;

import org.jspecify.annotations.NullMarked;
