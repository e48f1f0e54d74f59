package dev.repoint.weaver.direct;

import dev.repoint.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A method whose calls are pointed elsewhere.
///
/// @param key the method
/// @param target what the calls reach instead; null if this is refused
/// @param refusal the reason, or null
/// @param differences what is not the same as before, apart from the target; one line each
/// @param unseen the calls that cannot be seen, and certainly exist or may; one line each
public record DirectKey(
        Key key, @Nullable Key target, @Nullable String refusal, List<String> differences, List<String> unseen) {

    /// Copies the lists.
    public DirectKey {
        differences = List.copyOf(differences);
        unseen = List.copyOf(unseen);
    }
}
