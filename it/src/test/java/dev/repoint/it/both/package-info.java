/// Both halves in one program: what crosses between them is a method handle.
@NullMarked
package dev.repoint.it.both;

import org.jspecify.annotations.NullMarked;
