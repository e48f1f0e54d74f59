package dev.repoint.it.table;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.Weaver;
import java.util.List;

/// How the classes of a program are woven: which mechanism, and whether methods may be added.
enum Weave {
    PLAIN(false, false, Phase.LOAD), ENTRIES(true, false, Phase.LOAD), SITES(false, true, Phase.LOAD), BOTH(true, true,
            Phase.LOAD), ENTRIES_IN_PLACE(true, false, Phase.RETRANSFORM), SITES_IN_PLACE(false, true,
                    Phase.RETRANSFORM), BOTH_IN_PLACE(true, true, Phase.RETRANSFORM);

    private static final List<KeyPattern> EVERY_METHOD = List.of(KeyPattern.parse("**"));

    private final boolean entries;
    private final boolean sites;
    private final Phase phase;

    Weave(boolean entries, boolean sites, Phase phase) {
        this.entries = entries;
        this.sites = sites;
        this.phase = phase;
    }

    /// Whether calls are patched.
    boolean hasSites() {
        return sites;
    }

    /// Whether calls go through bridges, which show as frames.
    boolean hasBridges() {
        return sites && phase == Phase.LOAD;
    }

    /// Weaves all there is in one class.
    WeaveResult apply(byte[] classFile, ClassSource classes) {
        return apply(classFile, classes, entries ? EVERY_METHOD : List.of(), sites ? EVERY_METHOD : List.of(),
                List.of());
    }

    /// Weaves what some patterns name in one class.
    WeaveResult apply(
            byte[] classFile,
            ClassSource classes,
            List<KeyPattern> patchable,
            List<KeyPattern> calls,
            List<ClassPattern> in) {
        Selection selection = new Selection(
                entries ? patchable : List.of(), false, sites ? calls : List.of(), in, List.of());
        return Weaver.of(selection).weave(classFile, classes, phase);
    }
}
