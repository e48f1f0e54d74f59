package dev.repoint.weaver;

import org.jspecify.annotations.Nullable;

/// The source of the class files that the woven class names.
///
/// The weaver parses these classes and never loads them. If several threads use the weaver, they may call an
/// implementation at the same time.
@FunctionalInterface
public interface ClassSource {

    /// The class file of a class.
    ///
    /// @param internalName for example `com/acme/Outer$Inner`; never an array
    /// @return its bytes, or null if the source does not have the class: the weaver then uses only the name of the
    ///     class. The weaver does not write to the array.
    byte @Nullable [] find(String internalName);

    /// Whether fields of its classes may carry [dev.repoint.Patchable]. If not, the weaver need not read the classes
    /// of all used fields.
    ///
    /// @return false only if no field carries the annotation
    default boolean mayBeAnnotated() {
        return true;
    }

    /// Whether the program does not find what this source does not find, either. At build time a source usually lacks the
    /// libraries of a jar.
    ///
    /// @return true only if this is so
    default boolean isComplete() {
        return false;
    }
}
