/// The suites of calls and of reads of fields. What they measure runs on any JDK from 17 on, and has a module of its own.
@NullMarked
package dev.repoint.bench.call;

import org.jspecify.annotations.NullMarked;
