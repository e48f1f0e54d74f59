package dev.repoint.linux.process;

/// What a patch of another process was.
///
/// @param pauseNanos from the first interrupt to the last resume; 0 if no thread was stopped
/// @param threads    how many threads were stopped
/// @param sites      how many instructions were changed
/// @param words      how many words were changed
/// @param changed    whether anything was
public record Applied(long pauseNanos, int threads, int sites, int words, boolean changed) {}
