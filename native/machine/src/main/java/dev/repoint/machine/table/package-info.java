/// The table of a native module as a file, so that the module itself may be stripped.
@NullMarked
package dev.repoint.machine.table;

import org.jspecify.annotations.NullMarked;
