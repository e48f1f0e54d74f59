package dev.repoint.linux.process;

import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.site.NativeKey;
import java.time.Instant;

/// A patchable of another process that has another target than its default. Immutable.
///
/// @param module  the name of its module
/// @param key     its identity there
/// @param target  its current target, as [dev.repoint.linux.NativeTarget#text] has it
/// @param mechanism      by what it is redirected: its sites, or its entry
/// @param sites   the number of its places
/// @param changed the number of places that differ from the build now
/// @param isWhole whether the last patch of it was completed. If its process was killed meanwhile, calls
///     reach the target all the same, and the next patch of the key completes it
/// @param since   the time at which the target was set
/// @param note    the function of another module that it was set with; else empty
public record ProcessState(
        String module,
        NativeKey key,
        String target,
        Mechanism mechanism,
        int sites,
        int changed,
        boolean isWhole,
        Instant since,
        String note) {

    /// As commands write it: `libz.so.1:crc32`.
    public String text() {
        return module + (key.symbol().startsWith("+") ? "" : ":") + key;
    }
}
