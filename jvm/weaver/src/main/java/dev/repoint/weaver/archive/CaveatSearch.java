package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.scan.Caveats;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Finds the caveats of methods of a file, and the copies of its inline functions.
///
/// @param entries the classes of the file
record CaveatSearch(ClassEntries entries) {

    SortedSet<Caveat> find(Set<Key> keys, Predicate<Key> isNamed) {
        Set<String> owners = new HashSet<>();
        keys.forEach(key -> owners.add(key.internalOwner()));
        SortedSet<Caveat> found = new TreeSet<>();
        Map<Key, List<Key>> inline = new TreeMap<>();
        entries.forEach(entry -> {
            if (!owners.contains(entry.internalName())) {
                return;
            }
            for (Caveat caveat : Caveats.of(entry.bytes(), keys::contains)) {
                if (Caveats.isInline(caveat)) {
                    inline.put(caveat.key(), new ArrayList<>());
                } else if (caveat.isOfCompiler() || isNamed.test(caveat.key())) {
                    found.add(caveat);
                }
            }
        });
        if (!inline.isEmpty()) {
            entries.forEach(
                    entry -> inline.forEach((key, copies) -> copies.addAll(Caveats.copies(entry.bytes(), key))));
        }
        inline.forEach((key, copies) -> found.add(Caveats.ofCopies(key, copies)));
        return found;
    }
}
