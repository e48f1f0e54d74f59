/// The interfaces through which woven code calls a target. Their names and descriptors are a binary contract
/// with class files that were woven earlier; applications have no use for them.
package dev.repoint.shape;
