package dev.repoint.weaver;

import dev.repoint.Key;
import java.util.Comparator;

/// One place that uses a patchable through a constant of a class file. Ordered by place.
///
/// @param key the used method or field: the constant resolves to it
/// @param kind `invokestatic`, `invokevirtual`, `invokespecial`, `invokeinterface`; `getstatic`, `putstatic`;
///     `methodref` for a method reference; `ldc` for any other use of a `MethodHandle` constant
/// @param in the containing method
/// @param line its line in the source file, or -1 if it is unknown
public record Site(Key key, String kind, Key in, int line) implements Comparable<Site> {

    private static final Comparator<Site> ORDER = Comparator.comparing(Site::in)
            .thenComparingInt(Site::line)
            .thenComparing(Site::key)
            .thenComparing(Site::kind);

    /// Compares by containing method, then line, then key and kind.
    @Override
    public int compareTo(Site other) {
        return ORDER.compare(this, other);
    }
}
