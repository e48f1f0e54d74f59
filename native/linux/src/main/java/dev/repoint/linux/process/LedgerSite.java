package dev.repoint.linux.process;

/// An instruction of another process, as it was before it was ever patched.
///
/// @param address  in that process
/// @param length   in bytes, at most 7
/// @param original its bytes, the first one lowest
record LedgerSite(long address, int length, long original) {}
