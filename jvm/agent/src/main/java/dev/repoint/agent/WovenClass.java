package dev.repoint.agent;

import dev.repoint.Key;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.Weaver;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has been done to one class of one loader. Holds neither. Guarded by its [Ledger].
final class WovenClass {

    /// The weaver that gave the class its twins and bridges when it was loaded, or null. Whenever the class is
    /// transformed again it has to do the same again: a loaded class can neither get nor lose methods.
    final @Nullable Weaver atLoad;

    /// The weaver that wove the class in place last, or null. Where a later one fails it has to do.
    @Nullable Weaver inPlace;

    final Map<Key, PatchedEntry> entries = new LinkedHashMap<>();
    final Set<Site> sites = new LinkedHashSet<>();
    final Set<Refusal> refusals = new LinkedHashSet<>();

    WovenClass(@Nullable Weaver atLoad) {
        this.atLoad = atLoad;
    }

    void add(WeaveResult result) {
        for (PatchedEntry entry : result.entries()) {
            entries.putIfAbsent(entry.key(), entry);
        }
        sites.addAll(result.sites());
        for (Rejection rejection : result.rejections()) {
            refusals.add(new Refusal(rejection.key().text(), rejection.reason()));
        }
    }
}
