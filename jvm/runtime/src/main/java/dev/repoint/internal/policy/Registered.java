package dev.repoint.internal.policy;

import dev.repoint.Key;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;

/// Class loaders whose offers were registered, as no patchable's loader finds them: a plugin's. They are held
/// weakly.
///
/// Immutable.
public final class Registered {

    private final List<Part> parts;

    private Registered(List<Part> parts) {
        this.parts = parts;
    }

    /// One of the loaders, with what it offers.
    record Part(WeakReference<ClassLoader> loader, LoaderOffers offers) {}

    static Registered of(Set<ClassLoader> loaders) {
        return new Registered(loaders.stream()
                .map(loader -> new Part(new WeakReference<>(loader), LoaderOffers.ofItself(loader)))
                .toList());
    }

    List<Part> parts() {
        return parts;
    }

    /// Whether all of the loaders have been collected.
    boolean isGone() {
        return parts.stream().allMatch(part -> part.loader().get() == null);
    }

    /// Whether there is an offer for a key.
    boolean concerns(Key key) {
        return parts.stream().anyMatch(part -> part.offers().concern(key));
    }
}
