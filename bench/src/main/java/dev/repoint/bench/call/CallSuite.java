package dev.repoint.bench.call;

import dev.repoint.bench.Group;
import dev.repoint.bench.Jmh;
import dev.repoint.bench.Report;
import dev.repoint.bench.Settings;
import dev.repoint.bench.Suite;
import dev.repoint.bench.calls.CallBenchmark;
import java.io.IOException;
import java.util.List;

/// One call of a function that adds one.
public final class CallSuite implements Suite {

    @Override
    public String name() {
        return "call";
    }

    @Override
    public boolean runsOnAnyJdk() {
        return true;
    }

    @Override
    public Report run(Settings settings) throws IOException {
        Group group = Forms.group(
                "a call of a function that adds one", "ns/call", new Jmh(settings, name(), CallBenchmark.class));
        return new Report(name(), Forms.about(settings), List.of(group));
    }
}
