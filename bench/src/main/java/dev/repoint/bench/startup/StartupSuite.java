package dev.repoint.bench.startup;

import dev.repoint.KeyPattern;
import dev.repoint.bench.Child;
import dev.repoint.bench.Group;
import dev.repoint.bench.Jars;
import dev.repoint.bench.Report;
import dev.repoint.bench.Samples;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.weave.Weaver;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The start of a program that prints one line, from the start of its process to its end.
public final class StartupSuite implements Suite {

    private static final int ROUNDS = 21;
    private static final double MILLIS = 1e-6;
    private static final String KEY = "dev.repoint.bench.startup.Hello.greeting";
    private static final String BASELINE = "no agent";
    private static final String EMPTY = "an empty agent";
    private static final String IDLE = "Repoint's agent, idle";
    private static final String ONE_PATTERN = "Repoint's agent, one pattern";
    private static final String CACHED = ", AOT cache";
    private static final String WOVEN = "no agent, woven at build time";
    private static final String LINKED = "no agent, one invokedynamic that does nothing";
    private static final String EMPTY_LINKED = "an empty agent, one invokedynamic that does nothing";
    private static final String EMPTY_LARGE = "an empty agent in a jar as large as Repoint's";
    private static final String SPRING = "Spring Boot, no agent";
    private static final int SPRING_ROUNDS = 7;

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public Report run(Settings settings) throws IOException, InterruptedException {
        List<Variant> variants = variants(settings);
        int rounds = settings.brief() ? 5 : ROUNDS;
        List<Group.Case> cases = cases(variants, Hello.class, rounds);
        List<Group.Case> spring = cases(spring(settings), SpringService.class, Math.min(rounds, SPRING_ROUNDS));
        return new Report(
                name(),
                List.of(
                        "Runs: " + rounds + " of each, in turn; from the start of the process to its end.",
                        "Ratios are to the first case of the table, in the same round."),
                List.of(
                        new Group("start-up of hello world", "ms", BASELINE, cases),
                        group("agents beside an empty one", cases, EMPTY, EMPTY_LARGE, IDLE, EMPTY_LINKED, ONE_PATTERN),
                        group("the same with AOT caches", cases, EMPTY + CACHED, IDLE + CACHED),
                        group("woven at build time, beside an invokedynamic", cases, LINKED, WOVEN),
                        new Group("start-up of a Spring Boot application", "ms", SPRING, spring)));
    }

    /// Starts programs in turn.
    private static List<Group.Case> cases(List<Variant> variants, Class<?> main, int rounds)
            throws IOException, InterruptedException {
        Map<Variant, List<Double>> times = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Variant variant : variants) {
                long start = System.nanoTime();
                start(variant, main, "Hello, world");
                double millis = (System.nanoTime() - start) * MILLIS;
                if (round >= 0) {
                    times.computeIfAbsent(variant, absent -> new ArrayList<>()).add(millis);
                }
            }
        }
        List<Group.Case> cases = new ArrayList<>();
        times.forEach((variant, values) -> cases.add(new Group.Case(variant.name(), new Samples(values))));
        return cases;
    }

    /// A Spring Boot application, without an agent and with all of Spring patchable.
    private List<Variant> spring(Settings settings) throws IOException {
        Path folder = settings.scratch(name());
        Path service = folder.resolve("spring-service.jar");
        Jars.of(service, SpringService.class, SpringService.Greeter.class);
        String program =
                service + File.pathSeparator + settings.corpus("guava").resolveSibling("spring") + File.separator + "*";
        String ours = "-javaagent:" + settings.jar("agent");
        return List.of(
                new Variant(SPRING, List.of(), program),
                new Variant("Spring Boot, Repoint's agent, idle", List.of(ours), program),
                new Variant(
                        "Spring Boot, Repoint's agent, all of Spring",
                        List.of(ours + "=patchable=org.springframework.**"),
                        program));
    }

    /// Some of the cases, beside the first of them.
    private static Group group(String title, List<Group.Case> all, String... names) {
        List<Group.Case> some = Arrays.stream(names)
                .map(name -> all.stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new Group(title, "ms", names[0], some);
    }

    private List<Variant> variants(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.scratch(name());
        Path hello = folder.resolve("hello.jar");
        Path woven = folder.resolve("hello-woven.jar");
        Path buddy = folder.resolve("buddy-agent.jar");
        Jars.of(hello, Hello.class, Jars.classFile(Hello.class));
        Jars.of(woven, Hello.class, weave(Jars.classFile(Hello.class)));
        Jars.agent(buddy, List.of(BuddyAgent.class, BuddyAgent.Entry.class), settings.corpus("byte-buddy"));
        Path nothing = folder.resolve("empty-agent.jar");
        Jars.agent(nothing, List.of(EmptyAgent.class));
        Path large = folder.resolve("empty-agent-large.jar");
        Jars.agent(large, List.of(EmptyAgent.class), settings.jar("agent"));
        Path linked = folder.resolve("hello-linked.jar");
        Jars.of(linked, Hello.class, LinkedHello.classFile());
        String empty = "-javaagent:" + nothing;
        String ours = "-javaagent:" + settings.jar("agent");
        String program = hello.toString();
        start(new Variant("", List.of(ours + "=policy=" + KEY + "=constant:Patched"), program), "Patched");
        start(new Variant("", List.of("-javaagent:" + buddy, "-Ddev.repoint.bench.skip=true"), program), "null");
        String wovenProgram = woven + File.pathSeparator + settings.jar("runtime");
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(BASELINE, List.of(), program));
        variants.add(cached(folder, BASELINE + CACHED, List.of(), program));
        variants.add(archived(folder, "no agent, CDS archive", program));
        variants.add(new Variant(LINKED, List.of(), linked.toString()));
        variants.add(new Variant(WOVEN, List.of(), wovenProgram));
        variants.add(cached(folder, WOVEN + CACHED, List.of(), wovenProgram));
        variants.add(archived(folder, WOVEN + ", CDS archive", wovenProgram));
        variants.add(new Variant(EMPTY, List.of(empty), program));
        variants.add(new Variant(EMPTY_LARGE, List.of("-javaagent:" + large), program));
        variants.add(new Variant(EMPTY_LINKED, List.of(empty), linked.toString()));
        variants.add(cached(folder, EMPTY + CACHED, List.of(empty), program));
        variants.add(new Variant(IDLE, List.of(ours), program));
        variants.add(cached(folder, IDLE + CACHED, List.of(ours), program));
        variants.add(new Variant(ONE_PATTERN, List.of(ours + "=patchable=" + KEY), program));
        variants.add(new Variant("Byte Buddy's agent builder, one type", List.of("-javaagent:" + buddy), program));
        return List.copyOf(variants);
    }

    /// With a cache that a run of the same kind has recorded (JEP 514).
    private static Variant cached(Path folder, String name, List<String> options, String program)
            throws IOException, InterruptedException {
        Path cache = folder.resolve(name.replaceAll("[^a-zA-Z]+", "-") + ".aot");
        start(new Variant("", with(options, "-XX:AOTCacheOutput=" + cache), program), "Hello, world");
        return new Variant(name, with(options, "-XX:AOTCache=" + cache), program);
    }

    /// With the classes of a run of the same kind in an archive of its own.
    private static Variant archived(Path folder, String name, String program) throws IOException, InterruptedException {
        Path archive = folder.resolve(name.replaceAll("[^a-zA-Z]+", "-") + ".jsa");
        start(new Variant("", List.of("-XX:ArchiveClassesAtExit=" + archive), program), "Hello, world");
        return new Variant(name, List.of("-XX:SharedArchiveFile=" + archive), program);
    }

    private static List<String> with(List<String> options, String one) {
        List<String> all = new ArrayList<>(options);
        all.add(one);
        return List.copyOf(all);
    }

    private static byte[] weave(byte[] classFile) {
        Selection selection = new Selection(List.of(KeyPattern.parse(KEY)), false, List.of(), List.of(), List.of());
        var result = Weaver.of(selection).weave(classFile, absent -> null, Phase.LOAD);
        if (!result.changed()) {
            throw new IllegalStateException("Hello was not woven: " + result.rejections());
        }
        return result.bytes();
    }

    private static void start(Variant variant, String expected) throws IOException, InterruptedException {
        start(variant, Hello.class, expected);
    }

    private static void start(Variant variant, Class<?> main, String expected)
            throws IOException, InterruptedException {
        List<String> output =
                Child.of(variant.options(), variant.classPath(), main.getName()).run();
        if (!output.contains(expected)) {
            throw new IOException("started with " + variant.options() + " it printed " + output);
        }
    }
}
