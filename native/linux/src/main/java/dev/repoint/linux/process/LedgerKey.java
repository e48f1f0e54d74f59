package dev.repoint.linux.process;

/// Which patchable of another process: what identifies it as long as the process lives.
///
/// @param module  the path of the file that holds its sites, as `/proc/PID/maps` has it
/// @param buildId of that file, in hex; empty if it has none
/// @param key     the text of the key in it
record LedgerKey(String module, String buildId, String key) {}
