/// The table: all sites of all patchables of a jar, before any patch, and its text format.
@NullMarked
package dev.repoint.weaver.table;

import org.jspecify.annotations.NullMarked;
