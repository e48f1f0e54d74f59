/// The sites of one row of a table in the memory of a process, be it this one or another.
@NullMarked
package dev.repoint.linux.row;

import org.jspecify.annotations.NullMarked;
