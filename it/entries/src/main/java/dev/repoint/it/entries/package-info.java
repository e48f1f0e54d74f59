/// Judges the entries of all functions of the ELF files of a machine: see `it/entries/run`.
@NullMarked
package dev.repoint.it.entries;

import org.jspecify.annotations.NullMarked;
