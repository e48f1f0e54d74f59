/// A web service that knows nothing of Repoint, and the load on it.
@NullMarked
package dev.repoint.it.web;

import org.jspecify.annotations.NullMarked;
