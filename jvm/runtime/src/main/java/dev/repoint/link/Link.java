package dev.repoint.link;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The bootstrap methods of code that was woven in format 1, by a Repoint before 0.1.0. Such code names shapes that
/// this runtime does not have, so it would fail at some call, when its target is not the default.
///
/// It is refused when it links.
public final class Link {

    private Link() {}

    /// Refuses the entry of a method.
    ///
    /// @param caller the class that was woven
    /// @throws IncompatibleClassChangeError always
    public static CallSite entry(MethodHandles.Lookup caller, String name, MethodType type, String descriptor) {
        throw refused(caller);
    }

    /// As [#entry].
    ///
    /// @param caller the class that was woven
    /// @throws IncompatibleClassChangeError always
    public static CallSite pointerEntry(MethodHandles.Lookup caller, String name, MethodType type, String descriptor) {
        throw refused(caller);
    }

    /// Refuses the calls that one class makes of a method of another.
    ///
    /// @param caller the class that was woven
    /// @throws IncompatibleClassChangeError always
    public static CallSite site(
            MethodHandles.Lookup caller, String name, MethodType type, String owner, String descriptor) {
        throw refused(caller);
    }

    /// As [#site].
    ///
    /// @param caller the class that was woven
    /// @throws IncompatibleClassChangeError always
    public static CallSite staticSite(
            MethodHandles.Lookup caller, String name, MethodType type, String owner, String descriptor) {
        throw refused(caller);
    }

    private static IncompatibleClassChangeError refused(MethodHandles.Lookup caller) {
        return new IncompatibleClassChangeError(caller.lookupClass().getName()
                + " was woven by an earlier Repoint (format 1), which this runtime cannot link; weave the original"
                + " class again with the version of this runtime");
    }
}
