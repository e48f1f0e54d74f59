/// The demo as users run it.
@NullMarked
package dev.repoint.it.demo;

import org.jspecify.annotations.NullMarked;
