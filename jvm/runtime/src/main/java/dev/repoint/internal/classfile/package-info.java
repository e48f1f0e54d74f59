/// Writes small class files: the classes that the runtime makes while the program runs. It knows methods without branches.
@org.jspecify.annotations.NullMarked
package dev.repoint.internal.classfile;
