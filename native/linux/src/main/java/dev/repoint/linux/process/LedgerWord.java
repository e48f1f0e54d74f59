package dev.repoint.linux.process;

/// A word of 8 bytes of another process, as it was before it was ever patched.
///
/// @param address  in that process
/// @param original what it held
record LedgerWord(long address, long original) {}
