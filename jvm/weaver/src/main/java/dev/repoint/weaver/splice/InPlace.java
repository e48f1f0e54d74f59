package dev.repoint.weaver.splice;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes the instructions of a loaded class, which can get no bridges. Instructions move, so this needs a class-file
/// library, and there is one form for each library.
public interface InPlace {

    /// Patches uses.
    ///
    /// @param classFile the class file; not changed
    /// @param uses the orders for each method, by its number in the class
    /// @return null if the class would have too many constants
    byte @Nullable [] weave(byte[] classFile, Map<Integer, List<UseOrder>> uses);
}
