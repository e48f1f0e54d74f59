package dev.repoint.linux.ptrace;

/// What a loader remembers of a file that it has loaded: `struct link_map` (`link.h`). Immutable.
///
/// @param bias    what is added to the addresses of the file
/// @param dynamic the address of its dynamic section, which lies in one of its segments
public record LinkMap(long bias, long dynamic) {}
