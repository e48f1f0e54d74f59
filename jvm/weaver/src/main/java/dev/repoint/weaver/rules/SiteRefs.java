package dev.repoint.weaver.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constants of one class that resolve to wanted methods.
///
/// @param byIndex these constants by their index in the constant pool
public record SiteRefs(Map<Integer, SiteRef> byIndex) {

    /// No wanted methods.
    public static final SiteRefs NONE = new SiteRefs(Map.of());

    public boolean isEmpty() {
        return byIndex.isEmpty();
    }

    /// The wanted method of a constant, or null.
    @Nullable
    SiteRef of(int constant) {
        return byIndex.get(constant);
    }
}
