/// A stress of the breakpoint protocol: thousands of sites of all kinds that change without pause while Java
/// and native threads and a signal handler run through them.
@NullMarked
package dev.repoint.stress;

import org.jspecify.annotations.NullMarked;
