package dev.repoint.linux.process;

/// What a word of another process becomes.
///
/// @param address  in that process, a multiple of 8
/// @param original what it held before it was ever patched
/// @param now      what it holds, which is compared once more
/// @param via      the address of the key's entry; the same as now if that would not mean the same
/// @param next     what it is to hold
record WordChange(long address, long original, long now, long via, long next) {}
