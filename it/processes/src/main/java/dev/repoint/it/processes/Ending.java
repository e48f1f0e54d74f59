package dev.repoint.it.processes;

import dev.repoint.linux.process.ProcessState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a kill has found a patcher, as far as that can be seen in the process afterwards.
enum Ending {
    /// Between two patches.
    BETWEEN("between two patches"),
    /// In a patch, before anything was written to the code.
    BEFORE("before the first write of a patch"),
    /// Some sites led through entries, and the patch was not in effect.
    FIRST_PHASE("in the first phase"),
    /// The patch was in effect, and some sites led through entries.
    LAST_PHASE("in the last phase"),
    /// In a patch, when all was written.
    AFTER("after the last write");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// Tells it.
    ///
    /// @param begun  what the patch was to lead to that was under way; null if none was
    /// @param state  what is seen now
    /// @param before the status before the patch, if it can be known to have been cut short then; else it was
    ///     whole
    /// @param now    the status now
    static Ending of(@Nullable RedisState begun, RedisState state, List<ProcessState> before, List<ProcessState> now) {
        if (begun == null) {
            return BETWEEN;
        }
        boolean isWhole = now.stream().allMatch(ProcessState::isWhole);
        if (state == begun) {
            return isWhole ? AFTER : LAST_PHASE;
        }
        return isWhole || sites(before).equals(sites(now)) ? BEFORE : FIRST_PHASE;
    }

    /// How many sites of each function are changed, and whether they lead through entries still.
    private static List<String> sites(List<ProcessState> status) {
        return status.stream()
                .map(each -> each.key() + " " + each.changed() + " " + each.isWhole())
                .toList();
    }
}
