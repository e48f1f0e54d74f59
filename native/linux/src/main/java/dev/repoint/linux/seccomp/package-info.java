/// Filters of system calls: what a sandbox would do about a call, without making it.
@NullMarked
package dev.repoint.linux.seccomp;

import org.jspecify.annotations.NullMarked;
