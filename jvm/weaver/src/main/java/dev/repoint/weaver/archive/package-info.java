/// Weaves and scans whole files: jars, directories of classes and single class files.
@NullMarked
package dev.repoint.weaver.archive;

import org.jspecify.annotations.NullMarked;
