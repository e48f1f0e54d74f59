/// What a call costs that logs nothing, through Logback as it comes from Maven Central.
@NullMarked
package dev.repoint.bench.logging;

import org.jspecify.annotations.NullMarked;
