package dev.repoint.linux.process;

import java.time.Duration;
import java.util.List;

/// The effect of a patch of another process. Immutable.
///
/// @param changes  one for each patchable, in the order of the patch
/// @param gone     patchables that were set before and went with their library, one line each; the process
///     forgets them now
/// @param sites    the number of changed places
/// @param pause    the time from the interruption of the first thread to the continuation of the last one; zero
///     if the process was not stopped
/// @param threads  the number of threads during the stop; 0 if the process was not stopped
/// @param borrowed the time in which one of its threads made the changes while all others ran; zero if none did
public record ProcessResult(
        List<ProcessOutcome> changes, List<String> gone, int sites, Duration pause, int threads, Duration borrowed) {

    /// Copies the lists.
    public ProcessResult {
        changes = List.copyOf(changes);
        gone = List.copyOf(gone);
    }
}
