/// Weaves classes at their load and in place, and records the results. Refers to the options and the runtimes.
@NullMarked
package dev.repoint.agent.weave;

import org.jspecify.annotations.NullMarked;
