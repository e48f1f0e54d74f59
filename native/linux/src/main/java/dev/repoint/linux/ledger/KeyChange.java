package dev.repoint.linux.ledger;

import dev.repoint.linux.ptrace.ThreadMoves;
import java.util.List;

/// What one patchable of another process becomes.
///
/// @param key    which one; the ledger has an entry for it
/// @param target its new target, for people
/// @param value  the new target of its entry
/// @param notes  to remember
/// @param sites  all its instructions, also those that stay as they are
/// @param words  all its words
/// @param moves  where threads go on that would be in the middle of a site
public record KeyChange(
        LedgerKey key,
        String target,
        long value,
        String notes,
        List<Site> sites,
        List<Word> words,
        List<ThreadMoves.Move> moves) {

    /// What a word of another process becomes.
    ///
    /// @param address  in that process, a multiple of 8
    /// @param original what it held before it was ever patched
    /// @param now      what it holds, which is compared once more
    /// @param via      the address of the key's entry; the same as now if that would not mean the same
    /// @param next     what it is to hold
    public record Word(long address, long original, long now, long via, long next) {}

    /// What an instruction of another process becomes. All bytes have the first one lowest.
    ///
    /// @param address  in that process
    /// @param length   in bytes, 5 or 6
    /// @param original as it was before it was ever patched
    /// @param now      what stands there, which is compared once more
    /// @param via      the form through the key's entry
    /// @param next     what is to stand there
    public record Site(long address, int length, long original, long now, long via, long next) {}

    /// Copies the lists.
    public KeyChange {
        sites = List.copyOf(sites);
        words = List.copyOf(words);
        moves = List.copyOf(moves);
    }

    /// One that moves no thread.
    public KeyChange(LedgerKey key, String target, long value, String notes, List<Site> sites, List<Word> words) {
        this(key, target, value, notes, sites, words, List.of());
    }

    /// The words that change.
    public List<Word> changingWords() {
        return words.stream().filter(each -> each.now() != each.next()).toList();
    }

    /// The number of places that are redirected then. Calls in the target itself do not.
    public int diverted() {
        return (int) (sites.stream()
                        .filter(each -> each.next() != each.original())
                        .count()
                + words.stream().filter(each -> each.next() != each.original()).count());
    }

    /// Whether any byte changes.
    public boolean changes() {
        return sites.stream().anyMatch(each -> each.now() != each.next())
                || words.stream().anyMatch(each -> each.now() != each.next());
    }
}
