/// What AArch64 contributes.
@NullMarked
package dev.repoint.linux.aarch64;

import org.jspecify.annotations.NullMarked;
