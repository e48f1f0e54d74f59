package dev.repoint.linux.process;

/// What a patch of another process was.
///
/// @param pauseNanos    from the first interrupt to the last resume; 0 if the process was not stopped
/// @param threads       how many threads were stopped
/// @param borrowedNanos how long one thread was borrowed to make the changes while all others ran; 0 if none
///     was
/// @param sites         how many instructions were changed
/// @param words         how many words were changed
/// @param changed       whether anything was
record Applied(long pauseNanos, int threads, long borrowedNanos, int sites, int words, boolean changed) {}
