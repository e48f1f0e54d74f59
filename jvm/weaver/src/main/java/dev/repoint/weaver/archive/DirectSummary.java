package dev.repoint.weaver.archive;

import dev.repoint.weaver.direct.DirectResult;
import dev.repoint.weaver.table.Rejected;
import java.util.List;

/// The result of direct mode for a file.
///
/// @param keys the results, by key
/// @param classes the number of its class files
/// @param changed the number of changed ones
/// @param rejected the entries that cannot be read, with the reasons
/// @param isWritten whether there is an output; if not, nothing was to be written, or a call stays
/// @param signaturesRemoved whether the file or a library was signed, and its signature was removed
public record DirectSummary(
        List<DirectResult> keys,
        int classes,
        int changed,
        List<Rejected> rejected,
        boolean isWritten,
        boolean signaturesRemoved) {

    /// Copies the lists.
    public DirectSummary {
        keys = List.copyOf(keys);
        rejected = List.copyOf(rejected);
    }

    /// Whether calls of a method cannot be pointed at its target at all.
    public boolean isRefused() {
        return keys.stream().anyMatch(each -> each.refusal() != null || each.isWithoutEffect());
    }

    /// Whether calls of a method would still reach it.
    public boolean isPartial() {
        return keys.stream().anyMatch(DirectResult::isPartial);
    }

    /// The number of calls that have another target now.
    public int pointed() {
        return keys.stream().mapToInt(each -> each.pointed().size()).sum();
    }
}
