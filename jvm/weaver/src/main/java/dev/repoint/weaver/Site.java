package dev.repoint.weaver;

import dev.repoint.Key;
import java.util.Comparator;

/// One place that uses a patchable and that a constant of a class file names. Ordered by place.
///
/// @param key the method or field that is used: the one that the constant resolves to
/// @param kind `invokestatic`, `invokevirtual`, `invokespecial`, `invokeinterface`; `getstatic`, `putstatic`;
///     `methodref` for a method reference; `ldc` for a `MethodHandle` constant that is used otherwise
/// @param in the method that contains the place
/// @param line its line in the source file, or -1 if that is not known
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
