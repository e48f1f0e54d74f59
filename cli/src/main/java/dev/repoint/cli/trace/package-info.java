/// How observed calls are shown.
@NullMarked
package dev.repoint.cli.trace;

import org.jspecify.annotations.NullMarked;
