/// Where this process runs, and on which processor.
@NullMarked
package dev.repoint.linux.platform;

import org.jspecify.annotations.NullMarked;
