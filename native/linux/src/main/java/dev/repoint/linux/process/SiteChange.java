package dev.repoint.linux.process;

/// What an instruction of another process becomes. All bytes have the first one lowest.
///
/// @param address  in that process
/// @param length   in bytes, 5 or 6
/// @param original as it was before it was ever patched
/// @param now      what stands there, which is compared once more
/// @param via      the form that leads through the key's entry
/// @param next     what is to stand there
record SiteChange(long address, int length, long original, long now, long via, long next) {}
