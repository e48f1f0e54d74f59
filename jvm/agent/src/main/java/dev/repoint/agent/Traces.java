package dev.repoint.agent;

import dev.repoint.PatchableMethod;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.Request;
import dev.repoint.agent.patch.PatchEngine;
import dev.repoint.agent.trace.Trace;
import dev.repoint.agent.trace.TraceRow;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The traces of one runtime. Each has a thread that takes its targets off when it ends.
///
/// Thread-safe.
final class Traces {

    private static final int MAX_TRACES = 16;
    private static final long PAUSE_NANOS = 50_000_000;

    private final PatchEngine patches;
    private final Map<String, Trace> running = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();

    Traces(PatchEngine patches) {
        this.patches = patches;
    }

    /// Starts a trace.
    ///
    /// @return its identity
    String start(Request.Trace request) {
        if (running.size() >= MAX_TRACES) {
            throw new PatchRefusal("there are " + MAX_TRACES + " traces already; wait until one ends");
        }
        Trace trace = new Trace(request.options());
        List<PatchEngine.Wrapped> wrapped = patches.wrap(
                request.keys(),
                new Observers(trace, request.options().isCount() ? "repoint count" : "repoint trace"),
                request.options().forced());
        String id = Integer.toString(last.incrementAndGet());
        running.put(id, trace);
        new Ending(this, id, trace, wrapped).start();
        return id;
    }

    /// What a trace has found.
    List<TraceRow> take(Request.Traced request) {
        Trace trace = running.get(request.id());
        if (trace == null) {
            throw new ControlException("there is no trace " + request.id() + " any more: it was not asked for "
                    + Trace.LEASE_NANOS / 1_000_000_000 + " s");
        }
        if (request.isLast()) {
            trace.end("asked");
        }
        return trace.take();
    }

    /// The targets of a trace.
    private record Observers(Trace trace, String name) implements PatchEngine.Wrapper {
        @Override
        public MethodHandle around(String key, PatchableMethod method, boolean hasReceiver) {
            return trace.target(key, method.type(), hasReceiver);
        }
    }

    /// Waits until a trace is over. What it has found can be asked for as long as a client may be silent.
    private static final class Ending extends DaemonThread {

        private final Traces traces;
        private final String id;
        private final Trace trace;
        private final List<PatchEngine.Wrapped> wrapped;

        Ending(Traces traces, String id, Trace trace, List<PatchEngine.Wrapped> wrapped) {
            super("repoint-trace-".concat(id));
            this.traces = traces;
            this.id = id;
            this.trace = trace;
            this.wrapped = wrapped;
        }

        @Override
        public void run() {
            while (!trace.isOver()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            traces.patches.unwrap(wrapped);
            trace.takenOff();
            long until = System.nanoTime() + Trace.LEASE_NANOS;
            while (System.nanoTime() - until < 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            traces.running.remove(id);
        }
    }
}
