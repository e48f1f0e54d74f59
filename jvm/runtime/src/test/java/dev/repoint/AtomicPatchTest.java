package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Caller;
import dev.repoint.fixture.Noisy;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Threads call patchables in a fixed order while patches give all of them the next number. Whoever sees a
/// number smaller than the one before has called a new target and then an old one; they are counted, and none
/// is allowed.
class AtomicPatchTest {

    private static final int PATCHES = 400;
    private static final int CALLERS = 2;
    /// Calls that have to be made meanwhile: patches can be over before the first thread runs.
    private static final int CALLS = 1_000;
    private static final MethodType INT = MethodType.methodType(int.class);

    /// Which modes the patchables are in.
    enum Modes {
        CONSTANT,
        POINTER,
        MIXED
    }

    private final Woven woven = new Woven();
    private final Woven bridged = new Woven(bytes -> Prologue.bridge(bytes, Noisy.class.getName(), "next"));
    private final PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
    private final PatchableMethod aLong = woven.patchable(Subject.class, "aLong");
    private final PatchableMethod add = woven.patchable(Subject.class, "add");
    private final PatchableMethod next;
    private final MethodHandle[] calls;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong rounds = new AtomicLong();

    AtomicPatchTest() throws ReflectiveOperationException {
        bridged.call(Caller.class, "next", 1);
        next = bridged.patchable(Noisy.class, "next");
        MethodHandles.Lookup subject = woven.lookup(Subject.class);
        Class<?> owner = woven.copy(Subject.class);
        MethodHandle toInt = subject.findStatic(owner, "aLong", MethodType.methodType(long.class));
        MethodHandle sum = subject.findStatic(owner, "add", INT.appendParameterTypes(int.class, int.class));
        MethodHandle site = bridged.lookup(Caller.class)
                .findStatic(bridged.copy(Caller.class), "next", INT.appendParameterTypes(int.class));
        calls = new MethodHandle[] {
            subject.findStatic(owner, "anInt", INT),
            MethodHandles.explicitCastArguments(toInt, INT),
            MethodHandles.insertArguments(sum, 0, 0, 0),
            MethodHandles.insertArguments(site, 0, -1),
        };
    }

    private Patch numbered(int number) {
        return new Patch()
                .set(anInt, Target.constant(number))
                .set(aLong, Target.constant((long) number))
                .set(add, Target.constant(number))
                .set(next, Target.constant(number));
    }

    /// Calls all of them, again and again.
    ///
    /// @return how often an old target came after a new one
    private Callable<Long> caller(int first) {
        return () -> {
            long backwards = 0;
            int last = 0;
            try {
                for (int i = first; !stop.get(); i++) {
                    int seen = (int) calls[i % calls.length].invokeExact();
                    if (seen < last) {
                        backwards++;
                    }
                    last = seen;
                    rounds.incrementAndGet();
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return backwards;
        };
    }

    /// Makes so many patches, and more until enough calls were made.
    ///
    /// @param patch makes the one of a number, from 1 on
    private void assertThatNobodySeesAnOldTargetAfterANewOne(int patches, IntConsumer patch, ExecutorService threads)
            throws Exception {
        try {
            List<Future<Long>> backwards = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                backwards.add(threads.submit(caller(i)));
            }
            try {
                for (int number = 1; number <= patches || rounds.get() < CALLS && !anyIsDone(backwards); number++) {
                    patch.accept(number);
                }
            } finally {
                stop.set(true);
            }
            for (Future<Long> count : backwards) {
                assertThat(count.get()).isZero();
            }
        } finally {
            threads.shutdown();
        }
    }

    /// Whether a caller has failed: they go on until they are stopped.
    private static boolean anyIsDone(List<Future<Long>> callers) {
        return callers.stream().anyMatch(Future::isDone);
    }

    private void choose(Modes modes) {
        List<PatchableMethod> all = List.of(anInt, aLong, add, next);
        for (int i = 0; i < all.size(); i++) {
            boolean pointer = modes == Modes.POINTER || modes == Modes.MIXED && i % 2 == 1;
            all.get(i).mode(pointer ? Mode.POINTER : Mode.CONSTANT);
        }
    }

    /// Patches with failures in between: one that is refused, and one that is refused as an override.
    private void patch(int number) {
        numbered(number).apply();
        Patch refused = new Patch()
                .set(anInt, Target.constant(-1))
                .set(aLong, Target.constant(-1L))
                .set(add, Target.method(woven.copy(Targets.class), "wrong"));
        assertThatExceptionOfType(PatchException.class).isThrownBy(refused::apply);
        assertThat((int) woven.call(Subject.class, "anInt")).isEqualTo(number);
    }

    @ParameterizedTest
    @EnumSource(Modes.class)
    void nobodySeesAnOldTargetAfterANewOne(Modes modes) throws Exception {
        choose(modes);
        assertThatNobodySeesAnOldTargetAfterANewOne(PATCHES, this::patch, Executors.newFixedThreadPool(CALLERS));
    }

    @ParameterizedTest
    @EnumSource(Modes.class)
    @EnabledForJreRange(min = JRE.JAVA_21)
    void norDoVirtualThreads(Modes modes) throws Exception {
        choose(modes);
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        assertThatNobodySeesAnOldTargetAfterANewOne(PATCHES, this::patch, threads);
    }

    @ParameterizedTest
    @EnumSource(Modes.class)
    void norWhereAllLinkMeanwhile(Modes modes) throws Exception {
        // No call before the threads run: what they call first links while patches are made.
        choose(modes);
        assertThatNobodySeesAnOldTargetAfterANewOne(
                PATCHES / 4, number -> numbered(number).apply(), Executors.newFixedThreadPool(CALLERS));
    }

    @ParameterizedTest
    @EnumSource(Modes.class)
    void norWhereTheModesChangeMeanwhile(Modes modes) throws Exception {
        choose(modes);
        assertThatNobodySeesAnOldTargetAfterANewOne(
                PATCHES,
                number -> {
                    numbered(number).apply();
                    choose(Modes.values()[number % Modes.values().length]);
                },
                Executors.newFixedThreadPool(CALLERS));
    }

    @ParameterizedTest
    @EnumSource(Modes.class)
    void anOverrideBeginsAndEndsAtOneMoment(Modes modes) throws Exception {
        choose(modes);
        // While an override is open all give its number; when it ends they give the greater one that was set below it.
        OverrideScope[] scope = {numbered(0).override()};
        assertThatNobodySeesAnOldTargetAfterANewOne(
                PATCHES,
                number -> {
                    OverrideScope above = numbered(number).override();
                    scope[0].close();
                    scope[0] = above;
                },
                Executors.newFixedThreadPool(CALLERS));
    }
}
