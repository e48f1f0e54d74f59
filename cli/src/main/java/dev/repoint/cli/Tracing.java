package dev.repoint.cli;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.agent.trace.TraceOptions;
import dev.repoint.agent.trace.TraceRow;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;

/// A trace in a running JVM, from its start until nothing of it is left there.
///
/// @param pid the process
/// @param spec the command, for its notices
record Tracing(long pid, CommandSpec spec) {

    private static final long PATIENCE_SECONDS = 5;

    /// Observes calls until the trace ends, the process ends, or the command is interrupted.
    ///
    /// @param interval between two questions, in milliseconds
    /// @param show is given what was found each time, and tells whether to go on
    /// @return why it ended: `limit`, `asked`, or `process`
    /// @throws CommandFailure if the process is no JVM, or a key is one of native code
    /// @throws ControlException if the trace is refused, or the JVM does not answer
    String run(List<String> keys, TraceOptions options, long interval, Predicate<List<TraceRow>> show) {
        requireJava(keys);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> end(asked, ended), "repoint-trace-end");
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Notices(spec))) {
            String id = jvm.trace(keys, options);
            Runtime.getRuntime().addShutdownHook(hook);
            return follow(jvm, id, interval, show, asked);
        } finally {
            ended.countDown();
        }
    }

    private void requireJava(List<String> keys) {
        ProcessKind kind = ProcessKind.of(pid);
        if (kind == ProcessKind.NATIVE) {
            throw new CommandFailure("process " + pid + " is no JVM; only calls of Java methods can be observed");
        }
        kind.split(keys, false).nativeCode().stream().findFirst().ifPresent(key -> {
            throw new CommandFailure("'" + key + "' names native code; only calls of Java methods can be observed");
        });
    }

    private String follow(
            RunningJvm jvm, String id, long interval, Predicate<List<TraceRow>> show, CountDownLatch asked) {
        boolean goesOn = true;
        while (true) {
            boolean isLast = waited(asked, interval) || !goesOn;
            List<TraceRow> rows;
            try {
                rows = jvm.traced(id, isLast);
            } catch (ControlException e) {
                if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                    return "process";
                }
                throw e;
            }
            if (goesOn) {
                goesOn = show.test(rows);
            }
            if (!rows.isEmpty() && rows.getLast() instanceof TraceRow.End end) {
                return end.reason();
            }
        }
    }

    /// Waits for the next question; returns whether the command is to end.
    private static boolean waited(CountDownLatch asked, long interval) {
        try {
            return asked.await(interval, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// The command is interrupted: it takes its targets off before it ends.
    private static void end(CountDownLatch asked, CountDownLatch ended) {
        asked.countDown();
        try {
            boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
