/// How what was found in files is written.
@NullMarked
package dev.repoint.cli.report;

import org.jspecify.annotations.NullMarked;
