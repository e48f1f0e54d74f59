package dev.repoint.machine.site;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The table of a module: all its patchables with all their sites. Immutable and thread-safe.
///
/// Functions and pointers without sites are rows too: they are what a site may be pointed at when the file
/// itself has lost its symbols.
///
/// @param module      the name of the module: that in its dynamic section, else that of the file
/// @param machine     whose code it is
/// @param relocatable whether it is of an object file, whose addresses are relative to their sections
/// @param buildId     the build that the table belongs to; empty if the file has no build id
/// @param patchables  sorted by key
/// @param rejections  uses that are no sites, sorted
/// @param gaps        what the table cannot have because of how the file was built, each one line that names
///     the flag
public record SiteTable(
        String module,
        ElfMachine machine,
        boolean relocatable,
        Optional<BuildId> buildId,
        List<Patchable> patchables,
        List<Rejection> rejections,
        List<String> gaps) {

    private static final Comparator<Patchable> BY_KEY = new Comparator<>() { // no lambda: they are slow to link
                @Override
                public int compare(Patchable left, Patchable right) {
                    return left.key().compareTo(right.key());
                }
            };

    /// Copies and sorts.
    ///
    /// @throws IllegalArgumentException if two patchables have one key
    public SiteTable {
        Patchable[] rows = patchables.toArray(new Patchable[0]);
        Arrays.sort(rows, BY_KEY);
        for (int i = 1; i < rows.length; i++) {
            if (rows[i].key().equals(rows[i - 1].key())) {
                throw new IllegalArgumentException("two patchables are called " + rows[i].key());
            }
        }
        patchables = List.of(rows);
        Rejection[] sorted = rejections.toArray(new Rejection[0]);
        Arrays.sort(sorted);
        rejections = List.of(sorted);
        gaps = List.copyOf(gaps);
    }

    /// The patchable of a key.
    ///
    /// @param key exactly; or without the version, if one patchable alone is meant by it
    /// @return empty if there is none, or more than one
    public Optional<Patchable> find(NativeKey key) {
        int low = 0;
        int high = patchables.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = patchables.get(middle).key().compareTo(key);
            if (order == 0) {
                return Optional.of(patchables.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // The same symbol, file and a later version come right behind where the key would stand.
        Patchable found = null;
        for (int i = low;
                i < patchables.size() && patchables.get(i).key().symbol().equals(key.symbol());
                i++) {
            if (!patchables.get(i).key().isMeantBy(key)) {
                continue;
            }
            if (found != null) {
                return Optional.empty();
            }
            found = patchables.get(i);
        }
        return Optional.ofNullable(found);
    }

    /// The reasons for which uses of a patchable are no sites.
    public List<String> rejectionsOf(NativeKey key) {
        int first = Collections.binarySearch(rejections, new Rejection(key, ""));
        List<String> reasons = new ArrayList<>();
        for (int i = first < 0 ? -1 - first : first;
                i < rejections.size() && rejections.get(i).key().equals(key);
                i++) {
            reasons.add(rejections.get(i).reason());
        }
        return reasons;
    }

    /// The patchables whose keys match a pattern, in order.
    public List<Patchable> matching(SymbolPattern pattern) {
        List<Patchable> matching = new ArrayList<>();
        for (Patchable each : patchables) {
            if (pattern.matches(each.key())) {
                matching.add(each);
            }
        }
        return matching;
    }

    /// The number of sites of all patchables.
    public int siteCount() {
        int count = 0;
        for (Patchable each : patchables) {
            count += each.sites().size();
        }
        return count;
    }
}
