/// The commands of the `repoint` command line.
@NullMarked
package dev.repoint.cli;

import org.jspecify.annotations.NullMarked;
