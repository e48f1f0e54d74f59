package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.cli.report.Count;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.direct.DirectRow;
import java.util.List;
import java.util.function.Consumer;

/// Says which calls of a file were pointed elsewhere for good: they are no sites of their method any more.
final class DirectLines {

    private DirectLines() {}

    /// Says it, a line each.
    ///
    /// @param patterns what was asked for; empty for all
    /// @param notices takes the lines
    static void tell(Archive archive, List<KeyPattern> patterns, Consumer<String> notices) {
        for (DirectRow row : archive.pointed()) {
            boolean isMeant = patterns.isEmpty()
                    || patterns.stream()
                            .anyMatch(each -> each.matchesOwner(row.key().owner())
                                    && each.matchesMethodName(row.key().name()));
            if (isMeant) {
                boolean isOne = row.calls() == 1;
                notices.accept(archive.file() + ": " + Count.of(row.calls(), "call", "calls") + " of " + row.key()
                        + (isOne ? " was" : " were") + " pointed at " + row.target() + " for good, and "
                        + (isOne ? "is no site" : "are no sites") + " of it any more");
            }
        }
    }
}
