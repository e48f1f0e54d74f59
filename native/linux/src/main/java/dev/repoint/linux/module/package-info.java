/// Modules that are loaded in this process: the program and its libraries, each with its file and its table.
@NullMarked
package dev.repoint.linux.module;

import org.jspecify.annotations.NullMarked;
