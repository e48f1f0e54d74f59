package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of direct mode for one method.
///
/// @param key the method
/// @param target what its calls now reach; null if this is refused
/// @param refusal the reason, or null
/// @param earlier the number of calls that an earlier patch of the file has pointed at the target
/// @param pointed the calls that were pointed at the target
/// @param left the calls that still reach the method, because they cannot be pointed at the target
/// @param own the calls of the target itself, which keep their meaning
/// @param unseen other calls that still reach the method, as far as class files show; one line each
/// @param differences what is not the same as before, apart from the target; one line each
public record DirectResult(
        Key key,
        @Nullable Key target,
        @Nullable String refusal,
        int earlier,
        List<Site> pointed,
        List<LeftCall> left,
        List<Site> own,
        List<String> unseen,
        List<String> differences) {

    /// Copies the lists.
    public DirectResult {
        pointed = List.copyOf(pointed);
        left = List.copyOf(left);
        own = List.copyOf(own);
        unseen = List.copyOf(unseen);
        differences = List.copyOf(differences);
    }

    /// Whether a call still reaches the method.
    public boolean isPartial() {
        return !left.isEmpty() || !unseen.isEmpty();
    }

    /// Whether no call has the target, now or from earlier.
    public boolean isWithoutEffect() {
        return earlier + pointed.size() == 0;
    }
}
