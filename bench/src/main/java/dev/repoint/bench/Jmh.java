package dev.repoint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs JMH benchmarks in rounds: in each round every case gets one fork. So the forks of two cases that are
/// compared lie minutes apart at most, and not on two sides of whatever else the machine did.
///
/// A fork counts with the median of its iterations.
public final class Jmh {

    /// The parameter that names the variant of a case, where there are several.
    public static final String VARIANT = "variant";

    private static final int SHORT_MILLIS = 100;
    private static final int SHORT_WARM_UPS = 10;

    private final Settings settings;
    private final String name;
    private final Class<?> benchmark;
    private final Map<String, String[]> params = new TreeMap<>();
    private final Map<String, List<String>> variants = new LinkedHashMap<>();

    /// Nothing is run yet.
    ///
    /// @param settings how thoroughly
    /// @param name the suite, for the names of log files
    /// @param benchmark the class with the benchmark methods
    public Jmh(Settings settings, String name, Class<?> benchmark) {
        this.settings = settings;
        this.name = name;
        this.benchmark = benchmark;
    }

    /// One case.
    ///
    /// @param method the name of the benchmark method
    /// @param params the values of its parameters, by name
    public record Id(String method, Map<String, String> params) {

        /// The value of a parameter.
        ///
        /// @param param its name
        /// @return the value
        public String get(String param) {
            String value = params.get(param);
            if (value == null) {
                throw new IllegalArgumentException(method + " has no parameter " + param);
            }
            return value;
        }
    }

    /// Restricts a parameter.
    ///
    /// @param param its name
    /// @param values the values to measure
    /// @return this
    public Jmh param(String param, String... values) {
        params.put(param, values);
        return this;
    }

    /// Lets every case run in JVMs that are started in another way, too. Without any, all run in one way.
    ///
    /// @param variant what to call it, in the parameter [#VARIANT]
    /// @param options for the JVM
    /// @return this
    public Jmh variant(String variant, List<String> options) {
        variants.put(variant, List.copyOf(options));
        return this;
    }

    /// Runs all cases.
    ///
    /// @param iterations how many there are in a fork, after half as many to warm up, or a second if they are
    ///     very short
    /// @param millis how long one takes; the shorter, the fewer are interrupted by what else the machine does
    /// @return the score of each fork of each case, in the benchmark's unit
    /// @throws IOException if a log cannot be written
    public Map<Id, Samples> run(int iterations, int millis) throws IOException {
        Map<Id, List<Double>> scores = new LinkedHashMap<>();
        int rounds = settings.forks();
        for (int round = 1; round <= rounds; round++) {
            System.out.println(name + ": round " + round + " of " + rounds);
            if (variants.isEmpty()) {
                take(round(name + ".round" + round, List.of(), iterations, millis), Map.of(), scores);
            }
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                String log = name + ".round" + round + "." + variant.getKey();
                take(round(log, variant.getValue(), iterations, millis), Map.of(VARIANT, variant.getKey()), scores);
            }
        }
        Map<Id, Samples> samples = new LinkedHashMap<>();
        scores.forEach((id, values) -> samples.put(id, new Samples(values)));
        return samples;
    }

    private static void take(Iterable<RunResult> results, Map<String, String> more, Map<Id, List<Double>> scores) {
        for (RunResult result : results) {
            BenchmarkParams of = result.getParams();
            Map<String, String> values = new TreeMap<>(more);
            of.getParamsKeys().forEach(key -> values.put(key, of.getParam(key)));
            String method = of.getBenchmark().substring(of.getBenchmark().lastIndexOf('.') + 1);
            scores.computeIfAbsent(new Id(method, values), absent -> new ArrayList<>())
                    .add(score(result));
        }
    }

    private Iterable<RunResult> round(String logName, List<String> jvmOptions, int iterations, int millis)
            throws IOException {
        Path log = settings.results().resolve(logName + settings.suffix() + ".log");
        Files.deleteIfExists(log);
        int count = settings.brief() ? Math.max(3, iterations / 4) : iterations;
        TimeValue time = TimeValue.milliseconds(settings.brief() ? Math.min(millis, 200) : millis);
        boolean isShort = millis < SHORT_MILLIS;
        List<String> arguments = new ArrayList<>(List.of(
                "-Drepoint.bench.root=" + settings.root(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xms512m",
                "-Xmx512m"));
        if (settings.jdk().warnsOfUnsafe()) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        arguments.addAll(jvmOptions);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .jvm(settings.jdk().java().toString())
                .forks(1)
                .warmupIterations(isShort ? SHORT_WARM_UPS : Math.max(3, count / 2))
                .warmupTime(isShort ? TimeValue.milliseconds(SHORT_MILLIS) : time)
                .measurementIterations(count)
                .measurementTime(time)
                .shouldFailOnError(true)
                .shouldDoGC(false)
                .jvmArgs(arguments.toArray(String[]::new))
                .output(log.toString());
        params.forEach(options::param);
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IOException(logName + " failed; its log is " + log, e);
        }
    }

    private static double score(RunResult result) {
        List<Double> iterations = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                iterations.add(iteration.getPrimaryResult().getScore());
            }
        }
        return new Samples(iterations).median();
    }
}
