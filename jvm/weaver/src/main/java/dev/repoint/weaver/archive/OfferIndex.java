package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.Target;
import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.archive.ClassEntries.ClassEntry;
import dev.repoint.weaver.scan.OfferAnnotations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The offers of a file, from the annotations of its classes.
final class OfferIndex {

    private static final String HEADER =
            "# The offers of this jar: targets for patchables. Written by repoint weave.\n";
    private static final String HEADER_OF_DECIDED =
            "# The targets that were set for this jar. Written by repoint patch.\n";

    private final Contents contents;
    private final Set<String> lines = new TreeSet<>();
    /// The offers that the file already has, and new ones, by key.
    private final Map<KeyPattern, String> decided = new LinkedHashMap<>();
    private final Set<String> errors = new LinkedHashSet<>();

    OfferIndex(Contents contents) {
        this.contents = contents;
        byte[] present = contents.read(contents.index());
        String text = present == null ? "" : new String(present, StandardCharsets.UTF_8);
        text.lines()
                .filter(IndexedOffer::isOffer)
                .filter(OfferIndex::isDecided)
                .map(IndexedOffer::parse)
                .forEach(line -> decided.put(line.key(), line.line()));
    }

    private static boolean isDecided(String line) {
        return line.contains("\tpriority=" + IndexedOffer.DECIDED);
    }

    /// Adds targets that were set for the file.
    void decide(Policy policy) {
        if (policy.target() instanceof Target.Default) {
            decided.remove(policy.key());
        } else {
            decided.put(
                    policy.key(),
                    IndexedOffer.decided(policy.key(), policy.target()).line());
        }
    }

    /// Adds the offers of one class.
    void add(ClassEntry entry) {
        int end = entry.name().indexOf(NestedJars.SEPARATOR);
        if (end >= 0
                && contents.read(entry.name().substring(0, end) + NestedJars.SEPARATOR + IndexedOffer.ENTRY) != null) {
            return; // the library has an index of its own
        }
        try {
            for (IndexedOffer offer : OfferAnnotations.of(entry.bytes())) {
                lines.add(offer.line());
            }
        } catch (PatchException | SyntaxException e) {
            errors.add(contents.place(entry.name()) + ": " + e.getMessage());
        }
    }

    /// The number of offers.
    int count() {
        return lines.size();
    }

    /// The content of the index, or null if the index of the file is right, or the file needs none.
    ///
    /// @throws WeaveException if an offer is malformed
    byte @Nullable [] bytes() {
        if (!errors.isEmpty()) {
            throw new WeaveException(errors.iterator().next());
        }
        byte[] present = contents.read(contents.index());
        if (lines.isEmpty() && decided.isEmpty() && present == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(HEADER);
        lines.forEach(line -> text.append(line).append('\n'));
        if (!decided.isEmpty()) {
            text.append(HEADER_OF_DECIDED);
            decided.values().forEach(line -> text.append(line).append('\n'));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(bytes, present) ? null : bytes;
    }
}
