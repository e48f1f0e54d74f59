/// How results are written: JSON, tables, colour.
@NullMarked
package dev.repoint.cli.output;

import org.jspecify.annotations.NullMarked;
