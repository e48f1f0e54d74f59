package dev.repoint.linux.processor;

/// Code that the jump at an entry leads to, and that jumps on.
///
/// @param address of the code
/// @param word    the address of the word that says where to
public record Approach(long address, long word) {}
