package dev.repoint.agent.weave;

import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.Weaver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has been done to one class of one loader. Holds neither. Guarded by its [WeaveLog].
public final class WovenClass {

    private final @Nullable Weaver atLoad;
    private final Woven loaded;
    private @Nullable Weaver inPlace;
    private Woven changed = Woven.NOTHING;
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();

    /// What a weaver has done at one time.
    private record Woven(List<PatchedEntry> entries, List<Site> sites) {
        static final Woven NOTHING = new Woven(List.of(), List.of());
    }

    /// A class that was loaded before the agent.
    WovenClass() {
        this.atLoad = null;
        this.loaded = Woven.NOTHING;
    }

    /// A class that is being loaded.
    WovenClass(Weaver weaver, WeaveResult result) {
        this.atLoad = result.changed() ? weaver : null;
        this.loaded = new Woven(result.entries(), result.sites());
        refuse(result);
    }

    /// The weaver that gave the class its twins and bridges when it was loaded, or null. Whenever the class is
    /// transformed again it has to do the same again: a loaded class can neither get nor lose methods.
    @Nullable
    Weaver atLoad() {
        return atLoad;
    }

    /// The weaver that wove the class in place last, or null. Where a later one fails it has to do.
    @Nullable
    Weaver inPlace() {
        return inPlace;
    }

    /// Notes what was woven in place, in place of what was noted so before: the JVM starts from the class file
    /// anew.
    void changeInPlace(Weaver weaver, WeaveResult result) {
        inPlace = weaver;
        changed = new Woven(result.entries(), result.sites());
        refuse(result);
    }

    /// Notes that something was left.
    void refuse(Refusal refusal) {
        refusals.put(refusal.subject().concat(refusal.reason()), refusal);
    }

    public List<PatchedEntry> entries() {
        List<PatchedEntry> all = new ArrayList<>(loaded.entries());
        all.addAll(changed.entries());
        return all;
    }

    public List<Site> sites() {
        List<Site> all = new ArrayList<>(loaded.sites());
        all.addAll(changed.sites());
        return all;
    }

    Collection<Refusal> refusals() {
        return refusals.values();
    }

    private void refuse(WeaveResult result) {
        for (Rejection rejection : result.rejections()) {
            refuse(new Refusal(rejection.key().text(), rejection.reason()));
        }
    }
}
