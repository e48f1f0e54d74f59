/// The values of the weaver: what its packages are asked with, and what they answer. It turns class bytes into class
/// bytes, and collects the table of patchables.
@NullMarked
package dev.repoint.weaver;

import org.jspecify.annotations.NullMarked;
