/// What a processor contributes to patching what runs: the own process, and others.
@NullMarked
package dev.repoint.linux.processor;

import org.jspecify.annotations.NullMarked;
