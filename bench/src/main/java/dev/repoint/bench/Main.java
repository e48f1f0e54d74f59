package dev.repoint.bench;

import dev.repoint.bench.call.CallSuite;
import dev.repoint.bench.call.ChainSuite;
import dev.repoint.bench.call.FieldSuite;
import dev.repoint.bench.call.LoopSuite;
import dev.repoint.bench.change.ChangeSuite;
import dev.repoint.bench.change.RateSuite;
import dev.repoint.bench.collect.CollectSuite;
import dev.repoint.bench.downcall.DowncallSuite;
import dev.repoint.bench.logging.LoggingSuite;
import dev.repoint.bench.nativecall.NativeCallSuite;
import dev.repoint.bench.nativeentry.NativeEntrySuite;
import dev.repoint.bench.nativepatch.NativePatchSuite;
import dev.repoint.bench.process.ProcessSuite;
import dev.repoint.bench.startup.StartupSuite;
import dev.repoint.bench.trace.TraceSuite;
import dev.repoint.bench.weave.ColdWeaveSuite;
import dev.repoint.bench.weave.WarmWeaveSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs the suites that are named, or all of them. `bench/run` starts it.
public final class Main {

    private static final List<Suite> SUITES = List.of(
            new CallSuite(),
            new LoopSuite(),
            new ChainSuite(),
            new FieldSuite(),
            new LoggingSuite(),
            new ChangeSuite(),
            new RateSuite(),
            new WarmWeaveSuite(),
            new ColdWeaveSuite(),
            new StartupSuite(),
            new TraceSuite(),
            new CollectSuite(),
            new NativeCallSuite(),
            new NativeEntrySuite(),
            new NativePatchSuite(),
            new ProcessSuite(),
            new DowncallSuite());

    private static final int USAGE = 2;

    private Main() {}

    /// Runs suites, prints their tables and writes their results.
    ///
    /// @param args `--root DIR`, `--short`, `--java JDK`, names of suites
    /// @throws IOException if a file or a process fails
    /// @throws InterruptedException if the thread is interrupted
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean brief = false;
        Path root = Path.of("");
        @Nullable Jdk jdk = null;
        List<Suite> wanted = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--short")) {
                brief = true;
            } else if (arg.equals("--root") && i + 1 < args.length) {
                root = Path.of(args[++i]);
            } else if (arg.equals("--java") && i + 1 < args.length) {
                jdk = jdk(args[++i]);
            } else {
                wanted.add(suite(arg));
            }
        }
        Settings settings = new Settings(brief, root.toAbsolutePath());
        List<Suite> suites = wanted.isEmpty() ? SUITES : wanted;
        if (jdk != null) {
            settings = settings.on(jdk);
            suites = onAnyJdk(wanted);
        }
        Machine machine = Machine.here(settings.jdk());
        System.out.println("machine: " + machine);
        Files.createDirectories(settings.results());
        for (Suite suite : suites) {
            String missing = suite.missing();
            if (!missing.isEmpty()) {
                System.out.println(suite.name() + " is left out: " + missing);
                continue;
            }
            long start = System.nanoTime();
            Report report = suite.run(settings);
            String name = suite.name() + settings.suffix();
            Path file = settings.results().resolve(name + ".json");
            Files.writeString(file, report.json(machine));
            String table = report.table();
            Files.writeString(settings.results().resolve(name + ".md"), machine + "\n\n" + table);
            System.out.println("\n" + table);
            System.out.println(file + " written after " + (System.nanoTime() - start) / 1_000_000_000 + " s");
        }
    }

    private static Jdk jdk(String home) throws InterruptedException {
        try {
            return Jdk.at(Path.of(home));
        } catch (IOException e) {
            throw refuse(e.getMessage());
        }
    }

    private static List<Suite> onAnyJdk(List<Suite> wanted) {
        List<Suite> able = SUITES.stream().filter(Suite::runsOnAnyJdk).toList();
        for (Suite suite : wanted) {
            if (!suite.runsOnAnyJdk()) {
                throw refuse(
                        "'" + suite.name() + "' needs the JDK of the benchmarks; on others there are " + names(able));
            }
        }
        return wanted.isEmpty() ? able : wanted;
    }

    private static Suite suite(String name) {
        for (Suite suite : SUITES) {
            if (suite.name().equals(name)) {
                return suite;
            }
        }
        throw refuse("there is no benchmark '" + name + "'; there are " + names(SUITES));
    }

    private static String names(List<Suite> suites) {
        return String.join(", ", suites.stream().map(Suite::name).toList());
    }

    private static AssertionError refuse(@Nullable String why) {
        System.err.println("bench/run: " + why);
        System.exit(USAGE);
        return new AssertionError();
    }
}
