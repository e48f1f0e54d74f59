/// The bean of the patchables. Nothing of `java.management` is loaded unless it is asked for.
package dev.repoint.internal.jmx;
