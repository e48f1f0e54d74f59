/// The names that people gave functions, out of those that compilers of C++ and Rust make of them.
@NullMarked
package dev.repoint.machine.mangling;

import org.jspecify.annotations.NullMarked;
