package dev.repoint.bench.call;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Report;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import dev.repoint.bench.calls.LoopBenchmark;
import java.io.IOException;
import java.util.List;

/// A call for each element of a vector.
public final class LoopSuite implements Suite {

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public boolean runsOnAnyJdk() {
        return true;
    }

    @Override
    public Report run(Settings settings) throws IOException {
        Group group = Forms.group(
                "a loop of a * x + y that vectorises, one call an element",
                "ns/element",
                new Jmh(settings, name(), LoopBenchmark.class));
        return new Report(name(), Forms.about(settings), List.of(group));
    }
}
