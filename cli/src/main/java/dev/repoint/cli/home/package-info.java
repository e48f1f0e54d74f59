/// What all commands stand on: where this Repoint lies, and failures that the user can mend.
@NullMarked
package dev.repoint.cli.home;

import org.jspecify.annotations.NullMarked;
