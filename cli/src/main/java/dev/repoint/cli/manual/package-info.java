/// The manual pages.
@NullMarked
package dev.repoint.cli.manual;

import org.jspecify.annotations.NullMarked;
