/// Makes the bundle for Maven Central, checks it, and compares two releases. `./release` runs these programs from their
/// sources.
package dev.repoint.dist;
