package dev.repoint.linux.process;

import java.time.Instant;

/// A patchable of another process that does not lead to its default. Immutable.
///
/// @param module  the name of the module that has it
/// @param key     its identity there
/// @param target  what it leads to
/// @param sites   how many places there are of it
/// @param changed how many of them do not hold what was built now
/// @param isWhole whether the patch came to its end; else whoever made it was ended meanwhile: each call leads
///     to the target, and the next patch of the key finishes it
/// @param since   when that was set
/// @param note    the function of another module that it was set with; else empty
public record ProcessState(
        String module, String key, String target, int sites, int changed, boolean isWhole, Instant since, String note) {

    /// As it is written in a command: `libz.so.1:crc32`.
    public String text() {
        return module + ":" + key;
    }
}
