package dev.repoint.bench.change;

import dev.repoint.bench.Child;
import dev.repoint.bench.Group;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// How fast calls are while their target is changed many times a second, against a volatile function pointer
/// that is changed as often.
public final class RateSuite implements Suite {

    /// Each measures all rates, which takes half a minute where the mode is chosen, else a third of one.
    private static final int FORKS = 3;
    /// The rate at which a pointer is to keep up with a program that nobody changes.
    private static final int AT_MOST = 1_000;

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        int rounds = Math.min(FORKS, settings.forks());
        List<Group> groups = new ArrayList<>();
        for (int callers : settings.brief() ? new int[] {1} : new int[] {1, 100}) {
            Map<Pointing, List<List<Rates.Seen>>> forks = new EnumMap<>(Pointing.class);
            for (int round = 1; round <= rounds; round++) {
                System.out.println(name() + ": " + callers + " callers, round " + round + " of " + rounds);
                for (Pointing pointing : Pointing.values()) {
                    forks.computeIfAbsent(pointing, absent -> new ArrayList<>()).add(fork(pointing, callers, settings));
                }
            }
            groups.addAll(groups(callers, forks));
        }
        return new Report(
                name(),
                List.of(
                        "One thread runs the compiled callers. Each is a method of a separate class, with a loop of "
                                + Callers.CALLS
                                + " calls. Another thread changes the target, for 1.2 seconds at each rate.",
                        "\"patchable\" chooses its mode automatically; the other cases stay in one mode.",
                        "Forks: " + rounds
                                + ", each with all rates one after another. Ratios compare calls a second with those of"
                                + " a volatile function pointer at the same rate and in the same round. If the title"
                                + " says so, they compare with the program that is not patched."),
                groups);
    }

    private static List<Rates.Seen> fork(Pointing pointing, int callers, Settings settings)
            throws IOException, InterruptedException {
        String quiet = settings.brief() ? "1000" : "5000"; // the latter is the default
        List<String> lines = Child.of(
                        List.of("-Xms256m", "-Xmx256m", "-Drepoint.pointer.quiet=" + quiet),
                        Rates.class,
                        pointing.name(),
                        String.valueOf(callers),
                        settings.brief() ? "300" : "1200",
                        quiet)
                .run();
        return lines.stream().filter(Rates.Seen::isLine).map(Rates.Seen::parse).toList();
    }

    private static List<Group> groups(int callers, Map<Pointing, List<List<Rates.Seen>>> forks) {
        String with = callers == 1 ? "1 compiled caller, " : callers + " compiled callers, ";
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < Rates.WANTED.length; i++) {
            int rate = Rates.WANTED[i];
            String when = i == 0
                    ? "before any change"
                    : rate == 0
                            ? "after all changes"
                            : rate == 1 ? "1 change a second" : String.format("%,d changes a second", rate);
            groups.add(group(with + when, "M calls/s", Pointing.VOLATILE, forks, i, Rates.Seen::calls));
            if (rate == AT_MOST || i > 0 && rate == 0) {
                groups.add(group(
                        with + when + ", against the program that is not patched",
                        "M calls/s",
                        Pointing.DIRECT,
                        forks,
                        i,
                        Rates.Seen::calls));
            }
        }
        int last = Rates.WANTED.length - 2;
        groups.add(group(
                with + String.format("changes that were made of %,d a second", Rates.WANTED[last]),
                "changes/s",
                Pointing.VOLATILE,
                withoutDirect(forks),
                last,
                Rates.Seen::changes));
        return groups;
    }

    private static Map<Pointing, List<List<Rates.Seen>>> withoutDirect(Map<Pointing, List<List<Rates.Seen>>> forks) {
        Map<Pointing, List<List<Rates.Seen>>> changed = new EnumMap<>(forks);
        changed.remove(Pointing.DIRECT);
        return changed;
    }

    private static Group group(
            String title,
            String unit,
            Pointing baseline,
            Map<Pointing, List<List<Rates.Seen>>> forks,
            int rate,
            ToDoubleFunction<Rates.Seen> what) {
        List<Group.Case> cases = new ArrayList<>();
        forks.forEach((pointing, seen) -> cases.add(new Group.Case(
                pointing.label(),
                new Samples(seen.stream()
                        .map(fork -> what.applyAsDouble(fork.get(rate)))
                        .toList()))));
        return new Group(title, unit, baseline.label(), cases);
    }
}
