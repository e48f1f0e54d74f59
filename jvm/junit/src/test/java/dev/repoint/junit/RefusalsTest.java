package dev.repoint.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.junit.sample.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/// Tests that fail, and tests that run in parallel, looked at from outside.
class RefusalsTest {

    private static EngineExecutionResults run(Class<?>... classes) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> each : classes) {
            builder.selectors(selectClass(each));
        }
        return builder.execute();
    }

    private static void failsWith(Class<?> type, Class<? extends Throwable> error, String... parts) {
        EngineExecutionResults results = run(type);
        results.testEvents()
                .assertStatistics(statistics -> statistics.started(1).failed(1));
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test(),
                                finishedWithFailure(
                                        instanceOf(error),
                                        message(text -> Stream.of(parts).allMatch(text::contains)))));
        assertThat(Clock.millis()).as("nothing stays overridden").isEqualTo(1);
    }

    @Test
    void aTestThatFailsLeavesNothing() {
        failsWith(Failing.class, IllegalStateException.class, "42");
    }

    @Retarget("dev.repoint.junit.sample.Clock.millis=constant:42")
    static class Failing {
        @Test
        void fails() {
            throw new IllegalStateException("" + Clock.millis());
        }
    }

    @Test
    void aKeyThatDoesNotExistFailsTheTestAndUndoesWhatWasSet() {
        failsWith(Mistyped.class, PatchException.class, "Clock.rang");
    }

    @Retarget({"dev.repoint.junit.sample.Clock.millis=constant:42", "dev.repoint.junit.sample.Clock.rang=nothing"})
    static class Mistyped {
        @Test
        void doesNotStart() {
            throw new AssertionError("it started");
        }
    }

    @Test
    void whatIsNotWovenIsRefused() {
        failsWith(NotWoven.class, PatchException.class, "NotWoven.number() is not patchable", "are woven");
    }

    @Retarget("dev.repoint.junit.RefusalsTest$NotWoven.number=constant:2")
    static class NotWoven {
        static int number() {
            return 1;
        }

        @Test
        void doesNotStart() {
            throw new AssertionError("it started");
        }
    }

    @Test
    void withoutTheAnnotationTestsThatMayRunBesideOthersAreRefused() {
        failsWith(Beside.class, ExtensionConfigurationException.class, "@Retarget", "Beside");
    }

    @ExtendWith(RetargetExtension.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class Beside {
        @Test
        void doesNotStart(Overrides overrides) {
            overrides.set("dev.repoint.junit.sample.Clock.millis=constant:42");
        }
    }

    @Test
    void aTestThatRunsAloneNeedsNoAnnotation() {
        run(Alone.class).testEvents().assertStatistics(statistics -> statistics.succeeded(1));
        assertThat(Clock.millis()).isEqualTo(1);
    }

    @ExtendWith(RetargetExtension.class)
    @Execution(ExecutionMode.SAME_THREAD)
    static class Alone {
        @Test
        void sets(Overrides overrides) {
            overrides.set("dev.repoint.junit.sample.Clock.millis=constant:42");
            assertThat(Clock.millis()).isEqualTo(42);
        }
    }

    @Test
    void overridesThatBelongToNoTestAreRefused() {
        EngineExecutionResults results = run(ForAll.class);
        assertThat(results.allEvents().failed().count()).isEqualTo(1);
        results.allEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                instanceOf(ParameterResolutionException.class),
                                message(text -> text.contains("@BeforeEach")))));
    }

    @Retarget
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class ForAll {
        ForAll(Overrides overrides) {
            throw new AssertionError("it was made with " + (overrides == null ? "none" : "some"));
        }

        @Test
        void doesNotStart() {}
    }

    @Test
    void afterTheTestNothingCanBeSet() {
        run(Keeping.class).testEvents().assertStatistics(statistics -> statistics.succeeded(1));
        Overrides ended = Keeping.kept.get();
        assertThat(catchThrowable(() -> ended.set(Clock.class, "millis", Target.of(LongSupplier.class, () -> 3))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Clock.millis()).isEqualTo(1);
    }

    static class Keeping {
        static final AtomicReference<Overrides> kept = new AtomicReference<>();

        @Test
        @Retarget
        void keeps(Overrides overrides) {
            kept.set(overrides);
        }
    }

    /// Classes that may run in parallel, some with overrides: those without never see any.
    @Test
    void aTestWithOverridesRunsWhileNoOtherDoes() {
        Parallel.together = new CountDownLatch(2);
        Parallel.wrong.set(0);
        EngineExecutionResults results = run(First.class, Second.class, With.class, OnAMethod.class);

        results.testEvents()
                .assertStatistics(statistics -> statistics.started(6).succeeded(6));
        assertThat(Parallel.wrong).hasValue(0);
        assertThat(Parallel.together.getCount())
                .as("the classes without overrides ran at one time")
                .isZero();
    }

    static class Parallel {
        static final AtomicInteger wrong = new AtomicInteger();
        static volatile CountDownLatch together = new CountDownLatch(2);

        static void callAll() throws InterruptedException {
            together.countDown();
            together.await(30, TimeUnit.SECONDS);
            for (int i = 0; i < 2_000_000; i++) {
                if (Clock.millis() != 1) {
                    wrong.incrementAndGet();
                }
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class First {
        @Test
        void calls() throws InterruptedException {
            Parallel.callAll();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class Second {
        @Test
        void calls() throws InterruptedException {
            Parallel.callAll();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Retarget("dev.repoint.junit.sample.Clock.millis=constant:42")
    static class With {
        @Test
        void one() {
            assertThat(Clock.millis()).isEqualTo(42);
        }

        @Test
        void another(Overrides overrides) {
            overrides.set("dev.repoint.junit.sample.Clock.millis=constant:43");
            assertThat(Clock.millis()).isEqualTo(43);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class OnAMethod {
        @Test
        @Retarget("dev.repoint.junit.sample.Clock.millis=constant:44")
        void with() {
            assertThat(Clock.millis()).isEqualTo(44);
        }

        @Test
        void without() {
            assertThat(Clock.millis()).isEqualTo(1);
        }
    }
}
