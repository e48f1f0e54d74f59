/// What x86-64 contributes.
@NullMarked
package dev.repoint.linux.x86_64;

import org.jspecify.annotations.NullMarked;
