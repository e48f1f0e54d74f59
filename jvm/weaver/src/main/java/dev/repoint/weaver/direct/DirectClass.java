package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.Site;
import java.util.List;

/// The result for one class.
///
/// @param bytes the class; the given array if nothing is pointed elsewhere
/// @param pointed the calls and method references that now have the target
/// @param left those that could not
/// @param own the calls of targets, which keep their meaning
/// @param named the keys whose names code with reflection contains as text
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DirectClass(byte[] bytes, List<Site> pointed, List<LeftCall> left, List<Site> own, List<Key> named) {

    /// Copies the lists.
    public DirectClass {
        pointed = List.copyOf(pointed);
        left = List.copyOf(left);
        own = List.copyOf(own);
        named = List.copyOf(named);
    }

    /// Whether the class differs.
    public boolean isChanged() {
        return !pointed.isEmpty();
    }
}
