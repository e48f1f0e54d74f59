/// Targets: finding what a text or a method handle means for a patchable, and making what calls it.
package dev.repoint.internal.targets;
