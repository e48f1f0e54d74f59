/// The protocol between a running agent and the command line, and both its ends.
@NullMarked
package dev.repoint.agent.control;

import org.jspecify.annotations.NullMarked;
