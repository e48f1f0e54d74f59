package dev.repoint.weaver;

import org.jspecify.annotations.Nullable;

/// Where the weaver finds the class files of the classes that the woven one names.
///
/// They are parsed and never loaded. An implementation may be called by several threads if the weaver is.
@FunctionalInterface
public interface ClassSource {

    /// The class file of a class.
    ///
    /// @param internalName such as `com/acme/Outer$Inner`; never an array
    /// @return its bytes, or null if they cannot be found: the class is then taken at its name, unparsed. The
    ///     weaver does not write to the array.
    byte @Nullable [] find(String internalName);

    /// Whether its classes may carry [dev.repoint.Patchable] on a field. If not, the weaver need not look at
    /// the classes of all fields that a class uses.
    ///
    /// @return true unless it is known that none does
    default boolean mayBeAnnotated() {
        return true;
    }
}
