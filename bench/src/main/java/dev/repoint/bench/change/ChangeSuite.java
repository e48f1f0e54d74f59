package dev.repoint.bench.change;

import dev.repoint.bench.Child;
import dev.repoint.bench.Group;
import dev.repoint.bench.Jars;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What changing a target costs while compiled callers run, against retransforming the class that they call.
public final class ChangeSuite implements Suite {

    private static final double MICROS = 1e-3;
    private static final double MILLIS = 1e-6;

    /// One fork: the first change of the process, and the others.
    private record Fork(Observation first, List<Observation> others) {

        double median(ToDoubleFunction<Observation> what) {
            return new Samples(others.stream().mapToDouble(what).boxed().toList()).median();
        }
    }

    @Override
    public String name() {
        return "change";
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        Path agent = settings.scratch(name()).resolve("change-agent.jar");
        Jars.agent(agent, List.of(ChangeAgent.class));
        int changes = settings.brief() ? 5 : 11;
        List<Group> groups = new ArrayList<>();
        for (int callers : settings.brief() ? new int[] {1, 100} : new int[] {1, 100, 1_000}) {
            Map<Mechanism, List<Fork>> forks = new EnumMap<>(Mechanism.class);
            for (int round = 1; round <= settings.forks(); round++) {
                System.out.println(name() + ": " + callers + " callers, round " + round + " of " + settings.forks());
                for (Mechanism mechanism : Mechanism.values()) {
                    forks.computeIfAbsent(mechanism, absent -> new ArrayList<>())
                            .add(fork(mechanism, callers, changes, agent));
                }
            }
            groups.addAll(groups(callers, forks));
        }
        return new Report(
                name(),
                List.of(
                        "One thread runs the compiled callers. Each is a method of a separate class, with a loop of "
                                + Callers.CALLS + " calls. Another thread makes the change.",
                        "Forks: " + settings.forks() + ", with " + changes
                                + " changes each. The first change of each fork has its own table; a fork counts with"
                                + " the median of the others.",
                        "Full speed: the first moment after which ten milliseconds pass with no quarter of a"
                                + " millisecond slower than 90 %. Work lost: the calls that the thread did not make"
                                + " until then, as time at full speed.",
                        "Ratios are to retransformClasses in the same round."),
                groups);
    }

    private static Fork fork(Mechanism mechanism, int callers, int changes, Path agent)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx256m"));
        if (mechanism == Mechanism.RETRANSFORM) {
            options.add("-javaagent:" + agent);
        }
        List<Observation> seen = new ArrayList<>();
        for (String line : Child.of(
                        options, ChangeMain.class, mechanism.name(), String.valueOf(callers), String.valueOf(changes))
                .run()) {
            if (Observation.isLine(line)) {
                seen.add(Observation.parse(line));
            }
        }
        long unseen = seen.stream().filter(change -> !change.seen()).count();
        if (unseen > 0) {
            System.out.println("change: " + mechanism + ": in " + unseen + " of " + seen.size()
                    + " changes full speed was not seen again; is the machine busy?");
        }
        return new Fork(seen.getFirst(), seen.subList(1, seen.size()));
    }

    private static List<Group> groups(int callers, Map<Mechanism, List<Fork>> forks) {
        String with = callers == 1 ? "1 compiled caller: " : callers + " compiled callers: ";
        return List.of(
                group(
                        with + "until the change returns",
                        "us",
                        forks,
                        fork -> MICROS * fork.median(Observation::returned)),
                group(with + "until full speed", "ms", forks, fork -> MILLIS * fork.median(Observation::fullSpeed)),
                group(with + "work lost", "ms", forks, fork -> MILLIS * fork.median(Observation::lost)),
                group(
                        with + "until the first change of the process returns",
                        "us",
                        forks,
                        fork -> MICROS * fork.first().returned()));
    }

    private static Group group(
            String title, String unit, Map<Mechanism, List<Fork>> forks, ToDoubleFunction<Fork> what) {
        List<Group.Case> cases = new ArrayList<>();
        forks.forEach((mechanism, of) -> cases.add(new Group.Case(
                label(mechanism),
                new Samples(of.stream().mapToDouble(what).boxed().toList()))));
        return new Group(title, unit, label(Mechanism.RETRANSFORM), cases);
    }

    private static String label(Mechanism mechanism) {
        return switch (mechanism) {
            case CONSTANT -> "set and reset, constant mode";
            case POINTER -> "set and reset, pointer mode";
            case RETRANSFORM -> "retransformClasses";
        };
    }
}
