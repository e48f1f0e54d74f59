/// How a process is watched.
@NullMarked
package dev.repoint.cli.watch;

import org.jspecify.annotations.NullMarked;
