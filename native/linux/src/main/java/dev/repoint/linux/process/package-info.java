/// Patches of another process: its modules, keys, targets and sites.
@NullMarked
package dev.repoint.linux.process;

import org.jspecify.annotations.NullMarked;
