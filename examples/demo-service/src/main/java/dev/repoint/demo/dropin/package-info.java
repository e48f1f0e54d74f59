/// What `repoint demo` brings to the service while it runs. A jar of its own.
@NullMarked
package dev.repoint.demo.dropin;

import org.jspecify.annotations.NullMarked;
