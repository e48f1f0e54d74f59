package dev.repoint.linux.patcher;

import dev.repoint.linux.ledger.KeyChange;
import dev.repoint.linux.ledger.LedgerKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Changes of another process that come into effect together, whatever happens to us meanwhile.
///
/// @param changes one for each patchable
public record ProcessPatch(List<KeyChange> changes) {

    /// Checks that nothing is in it twice.
    ///
    /// @throws IllegalArgumentException if a patchable or a place is
    public ProcessPatch {
        changes = List.copyOf(changes);
        Set<LedgerKey> keys = new HashSet<>();
        Set<Long> places = new HashSet<>();
        for (KeyChange each : changes) {
            boolean isNew = keys.add(each.key());
            for (KeyChange.Site site : each.sites()) {
                isNew &= places.add(site.address());
            }
            for (KeyChange.Word word : each.words()) {
                isNew &= places.add(word.address());
            }
            if (!isNew) {
                throw new IllegalArgumentException(each.key().key() + " or one of its places is changed twice");
            }
        }
    }
}
