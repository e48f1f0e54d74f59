package dev.repoint.cli;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.archive.Archive;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;

/// Says what patches of methods would not reach.
final class CaveatLines {

    private static final int MOST = 10;

    private CaveatLines() {}

    /// Says it, a line each.
    ///
    /// @param patterns what was asked for: of what one without wildcards names, all is told
    /// @param notices takes the lines
    static void tell(Archive archive, Collection<Key> keys, List<KeyPattern> patterns, Consumer<String> notices) {
        List<KeyPattern> exact = patterns.stream().filter(KeyPattern::isExact).toList();
        SortedSet<Caveat> caveats =
                archive.caveats(keys, key -> exact.stream().anyMatch(pattern -> pattern.matches(key)));
        caveats.stream().limit(MOST).forEach(each -> notices.accept(each.key() + " " + each.text()));
        if (caveats.size() > MOST) {
            notices.accept("the same holds for " + (caveats.size() - MOST) + " more; name one to see it");
        }
    }
}
