package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Threads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Changes while others call. Wrong results are counted, none is allowed.
class ConcurrencyTest {

    private static final int CHANGES = 300;
    private static final int CALLERS = 3;
    private static final MethodType INTS = MethodType.methodType(int.class, int.class, int.class);

    private final Woven woven = new Woven();

    static int wide(int a, int b) {
        return a + b + 1000;
    }

    /// Calls until told to stop and counts what is neither the default nor a target.
    private static Callable<Long> caller(MethodHandle add, AtomicBoolean stop, AtomicLong calls) {
        return () -> {
            long wrong = 0;
            long made = 0;
            try {
                for (int i = 0; !stop.get(); i++) {
                    int result = (int) add.invokeExact(i & 0xff, 1);
                    int plain = (i & 0xff) + 1;
                    if (result != plain && result != plain + 1000 && result != -1) {
                        wrong++;
                    }
                    made++;
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            calls.addAndGet(made);
            return wrong;
        };
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyCallReachesTheOldTargetOrTheNewOne(Mode mode) throws Exception {
        PatchableMethod patchable = woven.patchable(Subject.class, "add");
        patchable.mode(mode);
        MethodHandle wide = MethodHandles.lookup().findStatic(ConcurrencyTest.class, "wide", INTS);
        MethodHandle add = woven.lookup(Subject.class).findStatic(woven.copy(Subject.class), "add", INTS);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        try (Threads threads = new Threads(CALLERS)) {
            List<Future<Long>> wrong = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                wrong.add(threads.submit(caller(add, stop, calls)));
            }
            for (int i = 0; i < CHANGES; i++) {
                patchable.set(Target.of(wide));
                assertThat((int) add.invokeExact(1, 1)).isEqualTo(1002);
                patchable.set(Target.constant(-1));
                assertThat((int) add.invokeExact(1, 1)).isEqualTo(-1);
                patchable.reset();
                assertThat((int) add.invokeExact(1, 1)).isEqualTo(2);
                if (i % 50 == 0) {
                    patchable.mode(i % 100 == 0 ? Mode.POINTER : mode);
                }
            }
            stop.set(true);
            for (Future<Long> count : wrong) {
                assertThat(count.get()).isZero();
            }
        } catch (Throwable e) {
            stop.set(true);
            throw new AssertionError(e);
        }
        assertThat(calls.get()).isPositive();
        assertThat(patchable.state().changes()).isEqualTo(3 * CHANGES);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void overridesOfManyThreadsLeaveNothingBehind(Mode mode) throws Exception {
        PatchableMethod patchable = woven.patchable(Subject.class, "add");
        patchable.mode(mode);
        MethodHandle wide = MethodHandles.lookup().findStatic(ConcurrencyTest.class, "wide", INTS);
        try (Threads threads = new Threads(CALLERS)) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                done.add(threads.submit(() -> {
                    int wrong = 0;
                    for (int round = 0; round < 100; round++) {
                        try (OverrideScope outer = patchable.override(Target.of(wide));
                                OverrideScope inner = patchable.override(Target.of(wide))) {
                            wrong += (int) woven.call(Subject.class, "add", 1, 1) == 1002 && outer != inner ? 0 : 1;
                        }
                    }
                    return wrong;
                }));
            }
            for (Future<Integer> wrong : done) {
                assertThat(wrong.get()).isZero();
            }
        }
        assertThat(patchable.isDefault()).isTrue();
        assertThat(patchable.state().changes()).isBetween(2L * 2 * 100, 2L * 2 * 100 * CALLERS);
        assertThat(woven.call(Subject.class, "add", 1, 1)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void threadsThatLinkAtTheSameTimeLinkOnce(Mode mode) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        try (Threads threads = new Threads(CALLERS)) {
            List<Future<Object>> results = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                results.add(threads.submit(() -> {
                    start.await();
                    woven.patchable(Subject.class, "add").mode(mode);
                    return woven.call(Subject.class, "add", 6, 7);
                }));
            }
            for (Future<Object> result : results) {
                assertThat(result.get()).isEqualTo(13);
            }
        }
        assertThat(woven.patchable(Subject.class, "add").state().links()).isEqualTo(1);
        assertThat(Repoint.states().stream().filter(state -> state.loader().equals(woven.toString())))
                .hasSize(1);
    }
}
