/// Whole files: jars, directories of classes and single class files, woven and scanned.
@NullMarked
package dev.repoint.weaver.archive;

import org.jspecify.annotations.NullMarked;
