/// Weaves a class: plans what changes, and has it spliced or changed in place.
@NullMarked
package dev.repoint.weaver.weave;

import org.jspecify.annotations.NullMarked;
