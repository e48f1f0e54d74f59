/// The options after `-javaagent:agent.jar=`. Refers to no other package of the agent.
@NullMarked
package dev.repoint.agent.options;

import org.jspecify.annotations.NullMarked;
