package dev.repoint.linux.process;

import java.util.List;

/// What a patch of another process did. Immutable.
///
/// @param changes  what became of each patchable, in the order in which they were named
/// @param gone     what was set before and went with its library, one line each; it is forgotten now
/// @param sites    how many places were changed
/// @param pause    for how long the process stood, in nanoseconds from the first thread's interruption to the
///     last one's going on; 0 if it was not stopped
/// @param threads  how many threads it had then; 0 if it was not stopped
/// @param borrowed for how long one of its threads did nothing but make the changes, in nanoseconds, while all
///     others ran; 0 if none did
public record ProcessResult(
        List<ProcessOutcome> changes, List<String> gone, int sites, long pause, int threads, long borrowed) {

    /// Copies the lists.
    public ProcessResult {
        changes = List.copyOf(changes);
        gone = List.copyOf(gone);
    }
}
