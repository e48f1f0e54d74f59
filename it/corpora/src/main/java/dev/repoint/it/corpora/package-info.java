/// What a JVM says of the classes of large libraries, plain and woven: see `it/corpora/run`.
package dev.repoint.it.corpora;
