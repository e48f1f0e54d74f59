package dev.repoint.weaver.direct;

import dev.repoint.Key;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the calls of a method are pointed elsewhere.
///
/// @param key the method
/// @param method where it is declared; null if its class is not found
/// @param path the targets that calls lead through, the last one is what they reach; empty if this is refused
/// @param refusal the reason, or null
/// @param own the code of the targets
/// @param above the types whose calls may reach the method, without naming it
record KeyPlan(
        Key key,
        @Nullable Resolved method,
        List<DirectTarget> path,
        @Nullable String refusal,
        OwnCode own,
        Set<String> above) {

    /// What the calls reach.
    DirectTarget target() {
        return path.get(path.size() - 1);
    }
}
