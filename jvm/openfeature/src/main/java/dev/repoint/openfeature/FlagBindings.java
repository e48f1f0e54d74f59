package dev.repoint.openfeature;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.ProviderEvent;
import dev.repoint.Patch;
import dev.repoint.PatchException;
import dev.repoint.PatchableField;
import dev.repoint.PatchableMethod;
import dev.repoint.SafeText;
import dev.repoint.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Patchable fields and methods that follow feature flags of OpenFeature, with any provider.
///
/// {@snippet :
/// FlagBindings flags = FlagBindings.with(OpenFeatureAPI.getInstance().getClient())
///         .field(Repoint.findField(MethodHandles.lookup(), Checkout.class, "express"), "express-checkout")
///         .method(Repoint.find(MethodHandles.lookup(), Crc.class, "update"), "crc")
///         .bind();
/// }
///
/// The flag of a field has the field's type: boolean, integer, double, or string. The flag of a method is a string: the
/// method's target, such as `com.acme.Fast.update`, `nothing`, or `default`.
///
/// 1. A thread evaluates all flags when the provider says that it is ready or that something changed, and every so often, as
///    such events can be lost.
/// 2. What differs from the last evaluation is applied as one patch. A patchable that somebody else has set meanwhile stays
///    until its flag changes.
/// 3. A flag that cannot be evaluated changes nothing: the last known value stays, also while the provider is down. So does one
///    whose value depends on who asks, unless the process has a context. A flag that is disabled leads to the default.
///
/// Between two changes a call or a read costs what it costs without flags: nothing is evaluated there.
///
/// Thread-safe.
public final class FlagBindings implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.repoint");

    private final Client client;
    private final @Nullable EvaluationContext context;
    private final List<Binding> bindings;
    private final Duration period;
    private final Semaphore asked = new Semaphore(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Consumer<EventDetails> handler = details -> asked.release();
    private final Thread thread;
    private volatile boolean ends;

    private FlagBindings(Builder builder) {
        client = builder.client;
        context = builder.context;
        bindings = List.copyOf(builder.bindings);
        period = builder.period;
        thread = new Thread(this::run, "repoint-flags");
        thread.setDaemon(true);
    }

    /// Begins to say what follows which flag.
    ///
    /// @param client of OpenFeature; its provider may be set later
    /// @return what collects the bindings
    public static Builder with(Client client) {
        return new Builder(client);
    }

    /// Waits until all flags were evaluated once.
    ///
    /// @param patience how long at most
    /// @return whether they were
    /// @throws InterruptedException if the thread is interrupted
    public boolean await(Duration patience) throws InterruptedException {
        return first.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Has all flags evaluated again, soon, by the thread of the bindings.
    public void refresh() {
        asked.release();
    }

    /// What is known of each flag.
    ///
    /// @return in the order in which they were bound
    public List<FlagState> states() {
        return bindings.stream().map(Binding::state).toList();
    }

    /// Ends it. The patchables stay as they are.
    @Override
    public void close() {
        ends = true;
        client.removeHandler(ProviderEvent.PROVIDER_READY, handler);
        client.removeHandler(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED, handler);
        thread.interrupt();
    }

    private FlagBindings start() {
        client.onProviderReady(handler);
        client.onProviderConfigurationChanged(handler);
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!ends) {
                boolean unused = asked.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS);
                int unusedMore = asked.drainPermits();
                evaluate();
                first.countDown();
            }
        } catch (InterruptedException e) {
            // That is the end.
        }
    }

    private void evaluate() {
        List<Evaluation> evaluations = new ArrayList<>();
        Patch patch = new Patch();
        boolean isEmpty = true;
        for (Binding each : bindings) {
            Evaluation evaluation = Evaluation.of(client, each.flag(), each.point(), context);
            evaluations.add(evaluation);
            Target target = each.change(evaluation);
            if (target != null) {
                patch.set(each.point(), target);
                isEmpty = false;
            }
        }
        if (ends) {
            return;
        }
        String refusal = isEmpty ? "" : refusal(patch);
        for (int i = 0; i < evaluations.size(); i++) {
            Binding binding = bindings.get(i);
            if (binding.settle(evaluations.get(i), refusal)) {
                FlagState state = binding.state();
                LOG.log(
                        System.Logger.Level.WARNING,
                        SafeText.of("flag " + state.flag() + " of " + state.patchable() + " changes nothing: "
                                + state.problem()));
            }
        }
    }

    /// Applies a patch; tells why it was refused, else nothing.
    private static String refusal(Patch patch) {
        try {
            patch.apply();
            return "";
        } catch (PatchException e) {
            return "the patch was refused: " + e.getMessage();
        }
    }

    /// Collects what follows which flag. For one thread.
    public static final class Builder {

        private static final Duration PERIOD = Duration.ofSeconds(30);

        private final Client client;
        private final List<Binding> bindings = new ArrayList<>();
        private @Nullable EvaluationContext context;
        private Duration period = PERIOD;

        private Builder(Client client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /// A field holds the value of a flag.
        ///
        /// @param field the field
        /// @param flag of its type; integer also for `long`, `short` and `byte`, double also for `float`, string for all others
        /// @return this
        public Builder field(PatchableField field, String flag) {
            bindings.add(new Binding(Objects.requireNonNull(flag, "flag"), Objects.requireNonNull(field, "field")));
            return this;
        }

        /// Calls of a method reach the target that a flag names.
        ///
        /// @param method the method
        /// @param flag a string
        /// @return this
        public Builder method(PatchableMethod method, String flag) {
            bindings.add(new Binding(Objects.requireNonNull(flag, "flag"), Objects.requireNonNull(method, "method")));
            return this;
        }

        /// Evaluates in a context that describes the process. Without one, flags whose value depends on a context change
        /// nothing.
        ///
        /// @param ofProcess such as a targeting key that names the instance
        /// @return this
        public Builder context(EvaluationContext ofProcess) {
            context = Objects.requireNonNull(ofProcess, "context");
            return this;
        }

        /// How long to wait for an event before all flags are evaluated anyway.
        ///
        /// @param every more than zero; 30 seconds if this is not called
        /// @return this
        public Builder period(Duration every) {
            if (every.isZero() || every.isNegative()) {
                throw new IllegalArgumentException("a period of " + every);
            }
            period = every;
            return this;
        }

        /// Begins to follow the flags.
        ///
        /// @return what ends it
        /// @throws IllegalStateException if nothing is bound, or a patchable twice
        public FlagBindings bind() {
            if (bindings.isEmpty()) {
                throw new IllegalStateException("nothing is bound");
            }
            long different =
                    bindings.stream().map(each -> each.point().key()).distinct().count();
            if (different < bindings.size()) {
                throw new IllegalStateException("a patchable is bound twice");
            }
            return new FlagBindings(this).start();
        }
    }
}
