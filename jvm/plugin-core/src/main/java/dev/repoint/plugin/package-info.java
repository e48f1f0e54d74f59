/// What the plugins of build tools share: the process of the weaver, what they ask it, and the report of its answer.
@NullMarked
package dev.repoint.plugin;

import org.jspecify.annotations.NullMarked;
