package dev.repoint.linux.ledger;

import java.util.List;

/// What is remembered in another process about a patchable that was ever set there.
///
/// @param key       which one
/// @param target    its current target, for people
/// @param entry     the address of its entry
/// @param value     the target of its entry: the truth about the key, also after a patch that was cut
///     short
/// @param byDefault the target of its entry while nothing is set
/// @param notes     for people
/// @param setAt     when the target was set, in milliseconds since 1970
/// @param sites     all instructions that a patch has changed
/// @param words     all words that a patch has changed
public record LedgerEntry(
        LedgerKey key,
        String target,
        long entry,
        long value,
        long byDefault,
        String notes,
        long setAt,
        List<LedgerRecord.Site> sites,
        List<LedgerRecord.Word> words) {

    /// Copies the lists.
    public LedgerEntry {
        sites = List.copyOf(sites);
        words = List.copyOf(words);
    }

    /// Whether nothing is set.
    public boolean isDefault() {
        return value == byDefault;
    }
}
