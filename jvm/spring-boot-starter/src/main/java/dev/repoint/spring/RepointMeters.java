package dev.repoint.spring;

import dev.repoint.ListenerScope;
import dev.repoint.PatchChange;
import dev.repoint.PatchException;
import dev.repoint.PatchListener;
import dev.repoint.Repoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;

/// Meters of Micrometer.
///
/// | meter | |
/// | --- | --- |
/// | `repoint.changes` | patchables that were led elsewhere, since the application began |
/// | `repoint.refusals` | patches that were refused |
/// | `repoint.redirected` | patchables that do not lead to their default now |
///
/// It can be used without Spring. Between patches it costs nothing.
public final class RepointMeters implements MeterBinder, AutoCloseable {

    private final List<ListenerScope> scopes = new ArrayList<>();

    /// Meters that are not bound yet.
    public RepointMeters() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        Counter changes = Counter.builder("repoint.changes")
                .description("Patchables that were led elsewhere")
                .register(registry);
        Counter refusals = Counter.builder("repoint.refusals")
                .description("Patches that were refused")
                .register(registry);
        Gauge.builder("repoint.redirected", RepointMeters::redirected)
                .description("Patchables that do not lead to their default")
                .register(registry);
        ListenerScope scope = Repoint.listen(new Counting(changes, refusals));
        synchronized (scopes) {
            scopes.add(scope);
        }
    }

    private static double redirected() {
        return Repoint.states().stream()
                .filter(each -> !each.target().equals("default"))
                .count();
    }

    /// Ends the counting. The meters stay.
    @Override
    public void close() {
        synchronized (scopes) {
            scopes.forEach(ListenerScope::close);
            scopes.clear();
        }
    }

    private record Counting(Counter changes, Counter refusals) implements PatchListener {

        @Override
        public void patched(List<PatchChange> made) {
            changes.increment(made.size());
        }

        @Override
        public void refused(PatchException reason) {
            refusals.increment();
        }
    }
}
