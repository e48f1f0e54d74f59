package dev.repoint.bench.weave;

import dev.repoint.bench.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// One operation weaves every class of a jar, from bytes in memory to bytes in memory.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, and calls the set-up
public class WeaveBenchmark {

    /// The jar.
    @Param({"guava", "commons-lang3"})
    public String jar;

    /// What becomes patchable: one method, or all.
    @Param({"one", "all"})
    public String patchable;

    /// How.
    @Param({"repoint", "repoint_annotated", "asm_matching", "asm_annotated", "asm_each"})
    public String weaving;

    private Corpus corpus;
    private UnaryOperator<byte[]> weaver;

    /// Reads the jar and proves that the weaver weaves it.
    @Setup
    public void read() throws IOException {
        Settings settings = new Settings(false, Path.of(System.getProperty("repoint.bench.root")));
        corpus = Corpus.read(settings.corpus(jar));
        Selected selected = patchable.equals("all") ? Selected.ALL : Selected.one(Corpus.oneKey(jar));
        weaver = Weaving.valueOf(weaving.toUpperCase(Locale.ROOT)).of(corpus, selected);
        long changed = Weaving.changed(corpus, weaver);
        if (selected == Selected.ALL ? changed < corpus.classes().size() / 2 : changed != 1) {
            throw new IllegalStateException(weaving + " changed " + changed + " classes of " + jar);
        }
    }

    @Benchmark
    public void weave(Blackhole hole) {
        for (byte[] classFile : corpus.classes()) {
            hole.consume(weaver.apply(classFile));
        }
    }
}
