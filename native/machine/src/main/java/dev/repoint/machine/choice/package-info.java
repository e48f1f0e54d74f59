/// By what a function is redirected: its sites, or its entry. One rule for files, this process and other processes.
@NullMarked
package dev.repoint.machine.choice;

import org.jspecify.annotations.NullMarked;
