/// What the documents say to type, typed.
@NullMarked
package dev.repoint.it.transcripts;

import org.jspecify.annotations.NullMarked;
