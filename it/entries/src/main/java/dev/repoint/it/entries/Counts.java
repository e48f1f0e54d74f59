package dev.repoint.it.entries;

import dev.repoint.machine.entry.EntryMeans;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.entry.RefusalReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// How many functions got which verdict.
final class Counts {

    private final Map<EntryMeans, Integer> accepted = new EnumMap<>(EntryMeans.class);
    private final Map<RefusalReason, Integer> refused = new EnumMap<>(RefusalReason.class);

    void add(EntryVerdict verdict) {
        switch (verdict) {
            case EntryVerdict.Accepted each -> accepted.merge(each.means(), 1, Integer::sum);
            case EntryVerdict.Refused each -> refused.merge(each.reason(), 1, Integer::sum);
        }
    }

    void add(Counts other) {
        other.accepted.forEach((means, count) -> accepted.merge(means, count, Integer::sum));
        other.refused.forEach((reason, count) -> refused.merge(reason, count, Integer::sum));
    }

    int all() {
        return sum(accepted) + sum(refused);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// One line: `2152 of 2200; as it is 1585, rewritten 542; refused: indirect function 47`.
    @Override
    public String toString() {
        StringJoiner means = new StringJoiner(", ");
        accepted.forEach((each, count) -> means.add(each.text() + " " + count));
        StringJoiner reasons = new StringJoiner(", ");
        refused.forEach((each, count) -> reasons.add(each.text() + " " + count));
        return "%d of %d%s%s%s%s"
                .formatted(
                        sum(accepted),
                        all(),
                        accepted.isEmpty() ? "" : "; ",
                        means,
                        refused.isEmpty() ? "" : "; refused: ",
                        reasons);
    }

    /// The share of each verdict, in percent of all.
    String shares() {
        StringJoiner shares = new StringJoiner("\n");
        accepted.forEach((each, count) -> shares.add(share(each.text(), count)));
        refused.forEach((each, count) -> shares.add(share("refused: " + each.text(), count)));
        return shares.toString();
    }

    private String share(String text, int count) {
        return String.format(Locale.ROOT, "  %-36s %9d  %7.3f %%", text, count, 100.0 * count / all());
    }
}
