package dev.repoint.linux.process;

import dev.repoint.linux.ledger.EntryKey;
import dev.repoint.linux.ledger.LedgerEntry;
import dev.repoint.linux.ledger.LedgerKey;
import dev.repoint.machine.site.NativeKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is set in a process: it has another target than its default, or its default is not wholly given back.
final class SetKeys {

    private final Map<LedgerKey, LedgerEntry> all = new LinkedHashMap<>();
    private final List<LedgerEntry> atEntry;
    private final Set<String> symbolsOfSites = new HashSet<>();

    /// @param set all, in any order
    SetKeys(Collection<LedgerEntry> set) {
        set.forEach(each -> all.put(each.key(), each));
        atEntry = set.stream()
                .filter(each -> EntryKey.parse(each.key().key()) != null)
                .toList();
        for (LedgerEntry each : set) {
            if (EntryKey.parse(each.key().key()) == null) {
                symbolsOfSites.add(NativeKey.parse(each.key().key()).symbol());
            }
        }
    }

    /// In the order in which they were given.
    Collection<LedgerEntry> all() {
        return all.values();
    }

    /// What is set at entries.
    List<LedgerEntry> atEntry() {
        return atEntry;
    }

    boolean contains(LedgerKey key) {
        return all.containsKey(key);
    }

    /// Whether the sites of a patchable with this symbol are set, in any module.
    boolean hasSitesOf(String symbol) {
        return symbolsOfSites.contains(symbol);
    }
}
