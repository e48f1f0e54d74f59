package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.internal.classfile.ClassBytes;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The record of one class of one loader. It refers to neither. Guarded by its [WeaveLog].
public final class WovenClass {

    private final @Nullable Weaver atLoad;
    private final int fingerprint;
    private final Woven loaded;
    private @Nullable Weaver inPlace;
    private Woven changed = Woven.NOTHING;
    private boolean changedInPlace;
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();
    /// Those that have no text yet: most programs end without a question for it.
    private final List<Rejection> rejections = new ArrayList<>();

    /// The result of one weaving.
    private record Woven(List<PatchedEntry> entries, List<Site> sites) {
        static final Woven NOTHING = new Woven(List.of(), List.of());
    }

    /// A class that was loaded before the agent.
    WovenClass() {
        this.atLoad = null;
        this.fingerprint = 0;
        this.loaded = Woven.NOTHING;
    }

    /// A class that is being loaded.
    ///
    /// @param fingerprint the fingerprint of the class file before weaving
    WovenClass(Weaver weaver, WeaveResult result, int fingerprint) {
        this.fingerprint = fingerprint;
        this.atLoad = result.changed() ? weaver : null;
        this.loaded = new Woven(result.entries(), result.sites());
        refuse(result);
    }

    /// The weaver that added bridges and twins to the class at its load, or null. It must make the same changes
    /// whenever the class is transformed again, because a loaded class can neither get nor lose methods.
    @Nullable
    Weaver atLoad() {
        return atLoad;
    }

    /// The weaver of the class if all its changes were made at its load, from a class file.
    @Nullable
    Weaver onlyAtLoad(byte[] classFile) {
        return !changedInPlace && fingerprint == ClassBytes.fingerprint(classFile) ? atLoad : null;
    }

    /// The last weaver that wove the class in place, or null. It is used again if a later one fails.
    @Nullable
    Weaver inPlace() {
        return inPlace;
    }

    /// Records a weaving in place. It replaces the earlier record, because the JVM starts from the original class
    /// file.
    void changeInPlace(Weaver weaver, WeaveResult result) {
        inPlace = weaver;
        changed = new Woven(result.entries(), result.sites());
        changedInPlace = result.changed();
        refuse(result);
    }

    /// Records a rejection.
    void refuse(Refusal refusal) {
        describeRejections();
        add(refusal);
    }

    private void add(Refusal refusal) {
        refusals.put(refusal.subject().concat(refusal.reason()), refusal);
    }

    public List<PatchedEntry> entries() {
        List<PatchedEntry> all = new ArrayList<>(entriesAtLoad());
        all.addAll(entriesInPlace());
        return all;
    }

    /// The methods that got their prologue as the class was loaded.
    List<PatchedEntry> entriesAtLoad() {
        return loaded.entries();
    }

    /// The methods that got it later.
    List<PatchedEntry> entriesInPlace() {
        return changed.entries();
    }

    /// Whether the entry of a method is woven.
    boolean hasEntry(Key key) {
        for (PatchedEntry entry : entries()) {
            if (entry.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    public List<Site> sites() {
        List<Site> all = new ArrayList<>(loaded.sites());
        all.addAll(changed.sites());
        return all;
    }

    Collection<Refusal> refusals() {
        describeRejections();
        return refusals.values();
    }

    private void refuse(WeaveResult result) {
        rejections.addAll(result.rejections());
    }

    private void describeRejections() {
        for (Rejection each : rejections) {
            add(new Refusal(each.key().text(), each.reason()));
        }
        rejections.clear();
    }
}
