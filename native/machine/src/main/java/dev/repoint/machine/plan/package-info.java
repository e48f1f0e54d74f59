/// Plans of edits: the new bytes of a file that redirect patchables, and the files
/// written by them.
@NullMarked
package dev.repoint.machine.plan;

import org.jspecify.annotations.NullMarked;
