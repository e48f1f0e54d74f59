@NullMarked
package dev.repoint.gradle;

import org.jspecify.annotations.NullMarked;
