package dev.repoint.weaver.direct;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What is known about the program around a class whose calls are pointed elsewhere.
public interface Surroundings {

    /// The classes that extend or implement a class.
    ///
    /// @param internalName the class
    /// @return their internal names; null if nothing is known about subclasses
    @Nullable
    Collection<String> subtypes(String internalName);

    /// Whether there are no classes but those that are known here and those of the JDK.
    boolean isClosed();

    /// Whether a class is one of those whose calls are pointed elsewhere.
    ///
    /// @param internalName the class
    boolean isInside(String internalName);

    /// The reason why code of one class cannot use a public class, or null: its module or class loader.
    ///
    /// @param caller internal name of the class with the call
    /// @param target internal name of the class with the target
    @Nullable
    String obstacle(String caller, String target);
}
