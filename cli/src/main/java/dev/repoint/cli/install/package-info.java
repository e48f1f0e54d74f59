/// Puts Repoint into the folders of a prefix, and removes it again.
@NullMarked
package dev.repoint.cli.install;

import org.jspecify.annotations.NullMarked;
