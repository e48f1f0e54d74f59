/// Weaves classes as they load and in place, and records what was woven. Refers to the options and the runtimes.
@NullMarked
package dev.repoint.agent.weave;

import org.jspecify.annotations.NullMarked;
