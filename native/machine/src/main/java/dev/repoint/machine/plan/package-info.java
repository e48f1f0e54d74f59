/// Plans of edits: what the bytes of a file are to become so that patchables lead elsewhere, and the files
/// written by them.
@NullMarked
package dev.repoint.machine.plan;

import org.jspecify.annotations.NullMarked;
