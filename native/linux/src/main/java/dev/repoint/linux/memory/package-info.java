/// Memory of this process: what is mapped, pages near code, and two ways to write to code.
@NullMarked
package dev.repoint.linux.memory;

import org.jspecify.annotations.NullMarked;
