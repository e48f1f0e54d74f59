/// The weaver: it turns class bytes into class bytes, and collects the table of patchables.
@NullMarked
package dev.repoint.weaver;

import org.jspecify.annotations.NullMarked;
