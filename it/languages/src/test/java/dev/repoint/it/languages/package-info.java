/// What other compilers than javac write, and what is packed into one jar.
@org.jspecify.annotations.NullMarked
package dev.repoint.it.languages;
