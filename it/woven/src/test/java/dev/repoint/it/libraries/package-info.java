/// Whole libraries from Maven Central, woven.
@org.jspecify.annotations.NullMarked
package dev.repoint.it.libraries;
