/// `repoint demo`: a service in a JVM of its own, retargeted under load, and what became of it.
@NullMarked
package dev.repoint.cli.demo;

import org.jspecify.annotations.NullMarked;
