package dev.repoint.linux.process;

import java.util.List;

/// What one patchable of another process becomes.
///
/// @param key    which one; it has an entry ([ProcessPatcher#entry])
/// @param target where it is to lead, for people
/// @param value  where its entry is to lead
/// @param notes  to remember
/// @param sites  all its instructions, also those that stay as they are
/// @param words  all its words
record KeyChange(
        LedgerKey key, String target, long value, String notes, List<SiteChange> sites, List<WordChange> words) {

    /// Copies the lists.
    KeyChange {
        sites = List.copyOf(sites);
        words = List.copyOf(words);
    }

    /// The words that change.
    List<WordChange> changingWords() {
        return words.stream().filter(each -> each.now() != each.next()).toList();
    }

    /// How many places then lead elsewhere than by default. Calls in the target itself do not.
    int diverted() {
        return (int) (sites.stream()
                        .filter(each -> each.next() != each.original())
                        .count()
                + words.stream().filter(each -> each.next() != each.original()).count());
    }

    /// Whether any byte changes.
    boolean changes() {
        return sites.stream().anyMatch(each -> each.now() != each.next())
                || words.stream().anyMatch(each -> each.now() != each.next());
    }
}
