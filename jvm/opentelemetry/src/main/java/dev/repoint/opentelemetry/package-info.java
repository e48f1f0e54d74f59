/// Patches as OpenTelemetry has them.
@NullMarked
package dev.repoint.opentelemetry;

import org.jspecify.annotations.NullMarked;
