/// Real native programs: built in many ways, collected, patched and run.
@NullMarked
package dev.repoint.it.machine;

import org.jspecify.annotations.NullMarked;
