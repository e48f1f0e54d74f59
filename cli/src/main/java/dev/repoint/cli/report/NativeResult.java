package dev.repoint.cli.report;

import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.SiteTable;
import java.nio.file.Path;
import java.util.List;

/// What was found in a file of native code.
///
/// @param file       as it was named
/// @param table      all that it has
/// @param patchables those that were asked for
/// @param rejections those that were asked for
/// @param asked      whether some were asked for; else all are shown that have sites
public record NativeResult(
        Path file, SiteTable table, List<Patchable> patchables, List<Rejection> rejections, boolean asked)
        implements SearchResult {

    /// Copies the lists.
    public NativeResult {
        patchables = List.copyOf(patchables);
        rejections = List.copyOf(rejections);
    }

    @Override
    public boolean isEmpty() {
        return patchables.isEmpty() && rejections.isEmpty();
    }

    /// The number of sites that are shown.
    int siteCount() {
        int count = 0;
        for (Patchable each : patchables) {
            count += each.sites().size();
        }
        return count;
    }
}
