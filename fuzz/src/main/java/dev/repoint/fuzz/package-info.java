/// Targets that Jazzer feeds with bytes: each has a method `fuzzerTestOneInput`, and a line in
/// [dev.repoint.fuzz.Target].
@NullMarked
package dev.repoint.fuzz;

import org.jspecify.annotations.NullMarked;
