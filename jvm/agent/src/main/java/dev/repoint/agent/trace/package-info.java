/// Observes calls: targets that wrap the default, and tell of the calls for which a condition holds.
@NullMarked
package dev.repoint.agent.trace;

import org.jspecify.annotations.NullMarked;
