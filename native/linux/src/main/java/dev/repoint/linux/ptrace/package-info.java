/// Other processes: their memory, their threads, and calls of the kernel that a thread of theirs makes for us.
@NullMarked
package dev.repoint.linux.ptrace;

import org.jspecify.annotations.NullMarked;
