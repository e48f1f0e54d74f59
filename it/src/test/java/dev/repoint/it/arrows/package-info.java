/// The arrows between the rooms, read from our own class files.
@NullMarked
package dev.repoint.it.arrows;

import org.jspecify.annotations.NullMarked;
