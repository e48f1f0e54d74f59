/// Real servers under load, whose calls are retargeted from outside.
@NullMarked
package dev.repoint.it.processes;

import org.jspecify.annotations.NullMarked;
