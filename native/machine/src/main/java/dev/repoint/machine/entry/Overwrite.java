package dev.repoint.machine.entry;

/// Bytes of code that a patch changes.
///
/// @param address of the first one
/// @param old     what has to be there before
/// @param bytes   what is there after, as many
public record Overwrite(long address, byte[] old, byte[] bytes) {}
