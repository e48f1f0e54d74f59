package dev.repoint.weaver;

import dev.repoint.Key;
import java.util.Comparator;

/// A call that a patch of a method does not reach, although readers of the source expect this.
///
/// Ordered by key, then text.
///
/// @param key the method
/// @param text the rest of a sentence that begins with the key; one line
/// @param isOfCompiler whether a compiler causes it; otherwise the code of the class causes it
public record Caveat(Key key, String text, boolean isOfCompiler) implements Comparable<Caveat> {

    private static final Comparator<Caveat> ORDER =
            Comparator.comparing(Caveat::key).thenComparing(Caveat::text).thenComparing(Caveat::isOfCompiler);

    /// Compares by key, then text.
    @Override
    public int compareTo(Caveat other) {
        return ORDER.compare(this, other);
    }
}
