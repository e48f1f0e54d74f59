package dev.repoint.it.table;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.util.ArrayList;
import java.util.List;

/// How the classes of a program are woven: which mechanism, and whether methods may be added.
enum Weave {
    PLAIN(false, false, false, Phase.LOAD),
    ENTRIES(true, false, false, Phase.LOAD),
    SITES(false, true, false, Phase.LOAD),
    FIELDS(false, false, true, Phase.LOAD),
    ALL(true, true, true, Phase.LOAD),
    ENTRIES_IN_PLACE(true, false, false, Phase.RETRANSFORM),
    SITES_IN_PLACE(false, true, false, Phase.RETRANSFORM),
    FIELDS_IN_PLACE(false, false, true, Phase.RETRANSFORM),
    ALL_IN_PLACE(true, true, true, Phase.RETRANSFORM);

    private static final List<KeyPattern> EVERY_METHOD = List.of(KeyPattern.parse("**"));
    private static final KeyPattern EVERY_FIELD = KeyPattern.parse("**:*");

    private final boolean entries;
    private final boolean sites;
    private final boolean fields;
    private final Phase phase;

    Weave(boolean entries, boolean sites, boolean fields, Phase phase) {
        this.entries = entries;
        this.sites = sites;
        this.fields = fields;
        this.phase = phase;
    }

    /// Whether calls are patched.
    boolean hasSites() {
        return sites;
    }

    /// Whether uses of fields are patched.
    boolean hasFields() {
        return fields;
    }

    /// Whether nothing but uses of fields is patched.
    boolean hasFieldsOnly() {
        return fields && !entries && !sites;
    }

    /// Whether calls, or uses of fields, go through bridges, which show as frames.
    boolean hasBridges() {
        return (sites || fields) && phase == Phase.LOAD;
    }

    /// Weaves all there is in one class.
    WeaveResult apply(byte[] classFile, ClassSource classes) {
        return apply(
                classFile, classes, entries ? EVERY_METHOD : List.of(), sites ? EVERY_METHOD : List.of(), List.of());
    }

    /// Weaves what some patterns name in one class.
    WeaveResult apply(
            byte[] classFile,
            ClassSource classes,
            List<KeyPattern> patchable,
            List<KeyPattern> calls,
            List<ClassPattern> in) {
        List<KeyPattern> members = new ArrayList<>(entries ? patchable : List.of());
        if (fields) {
            members.add(EVERY_FIELD);
        }
        Selection selection = new Selection(members, false, sites ? calls : List.of(), in, List.of());
        return Weaver.of(selection).weave(classFile, classes, phase);
    }
}
