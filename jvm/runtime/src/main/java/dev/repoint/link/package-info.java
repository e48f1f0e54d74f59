/// What woven code links to. Its names and descriptors are a binary contract with class files that were
/// woven earlier; applications have no use for it.
package dev.repoint.link;
