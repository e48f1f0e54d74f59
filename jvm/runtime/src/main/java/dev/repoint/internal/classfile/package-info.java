/// Class files as bytes. Writes small ones, with methods without branches, and copies of method bodies: the classes that
/// the runtime makes while the program runs. Reads what all of Repoint reads of class files: numbers, strings, where
/// constants are, and how long instructions are.
@org.jspecify.annotations.NullMarked
package dev.repoint.internal.classfile;
