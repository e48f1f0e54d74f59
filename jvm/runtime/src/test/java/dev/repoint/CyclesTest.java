package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Ring;
import dev.repoint.fixture.Threads;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Patchables that lead to each other: each calls the default of the next.
class CyclesTest {

    private static final String RING = Ring.class.getName() + ".";
    private static final String BARE = Ring.Bare.class.getName() + ".";
    private static final int PATCHES = 400;

    private final Woven woven = new Woven();

    private PatchableMethod of(String name) {
        return woven.patchable(Ring.class, name);
    }

    private void set(String name, String target) {
        of(name).set(Target.parse(RING + target).in(woven));
    }

    private Patch patch(String... namesAndTargets) {
        Patch patch = new Patch();
        for (int i = 0; i < namesAndTargets.length; i += 2) {
            patch.set(
                    of(namesAndTargets[i]),
                    Target.parse(RING + namesAndTargets[i + 1]).in(woven));
        }
        return patch;
    }

    private void assertCalls(int a, int b, int c) {
        assertThat(calls()).containsExactly(a, b, c);
    }

    private int[] calls() {
        return new int[] {call("a"), call("b"), call("c")};
    }

    private int call(String name) {
        return (int) woven.call(Ring.class, name);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSwapSwaps(boolean called) {
        if (called) {
            assertCalls(1, 2, 3);
        }
        patch("a", "b", "b", "a").apply();
        assertCalls(2, 1, 3);
        assertThat(of("a").targetName()).isEqualTo(RING + "b");
        assertThat(of("b").targetName()).isEqualTo(RING + "a");
        assertThat(of("a").state().note()).isEqualTo("its default, as it leads back here");
    }

    @Test
    void theHandleOfATargetDoesWhatCallsDo() throws Throwable {
        patch("a", "b", "b", "a").apply();
        assertThat((int) of("a").target().orElseThrow().invokeExact()).isEqualTo(2);
    }

    @Test
    void aSwapInTwoStepsIsTheSame() {
        set("a", "b");
        assertCalls(2, 2, 3);
        set("b", "a");
        assertCalls(2, 1, 3);
    }

    @Test
    void threeAreTurned() {
        patch("a", "b", "b", "c", "c", "a").apply();
        assertCalls(2, 3, 1);
    }

    @Test
    void threeAreTurnedInThreeStepsInAnyOrder() {
        set("c", "a");
        set("a", "b");
        set("b", "c");
        assertCalls(2, 3, 1);
    }

    @Test
    void theModesMayDiffer() {
        patch("a", "polled", "polled", "a").apply();
        assertThat(call("a")).isEqualTo(4);
        assertThat(call("polled")).isEqualTo(1);
    }

    @Test
    void whatLeadsIntoACycleReachesWhereThatPointLeads() {
        patch("a", "b", "b", "a").apply();
        set("c", "a");
        assertCalls(2, 1, 2);
    }

    @Test
    void aChainGoesOn() {
        patch("a", "b", "b", "c").apply();
        assertCalls(3, 3, 3);
    }

    @Test
    void aResetOfOneLeavesTheOtherAsIfItAloneWereSet() {
        patch("a", "b", "b", "a").apply();
        of("b").reset();
        assertCalls(2, 2, 3);
        assertThat(of("a").state().note()).isEmpty();
        set("b", "c");
        assertCalls(3, 3, 3);
    }

    @Test
    void aResetOfOneOfThreeLeavesAChain() {
        patch("a", "b", "b", "c", "c", "a").apply();
        of("c").reset();
        assertCalls(3, 3, 3);
    }

    @Test
    void aResetOfBothIsOfBoth() {
        patch("a", "b", "b", "a").apply();
        new Patch().set(of("a"), Target.DEFAULT).set(of("b"), Target.DEFAULT).apply();
        assertCalls(1, 2, 3);
    }

    @Test
    void anOverrideSwapsUntilItEnds() {
        set("a", "b");
        try (OverrideScope scope = of("b").override(Target.parse(RING + "a").in(woven))) {
            assertCalls(2, 1, 3);
        }
        assertCalls(2, 2, 3);
        try (OverrideScope scope = patch("a", "c", "c", "a").override()) {
            assertCalls(3, 2, 1);
        }
        assertCalls(2, 2, 3);
    }

    @Test
    void anOverrideThatBreaksACycleLetsItCloseAgain() {
        patch("a", "b", "b", "a").apply();
        try (OverrideScope scope = of("b").override(Target.parse("7").in(null))) {
            assertCalls(7, 7, 3);
        }
        assertCalls(2, 1, 3);
    }

    @Test
    void handlesAndNamesOfMethodsSwapToo() throws ReflectiveOperationException {
        var lookup = woven.lookup(Ring.class);
        of("a").set(Target.of(lookup.findStatic(woven.copy(Ring.class), "b", MethodType.methodType(int.class))));
        of("b").set(Target.method(woven.copy(Ring.class), "a"));
        assertCalls(2, 1, 3);
    }

    @Test
    void methodsOfInstancesAreSwapped() {
        patch("one", "other", "other", "one").apply();
        Object ring = woven.make(Ring.class);
        assertThat(woven.callOn(ring, "one")).isEqualTo(20);
        assertThat(woven.callOn(ring, "other")).isEqualTo(10);
    }

    @Test
    void aMethodThatOverridesItsTargetCallsItAsSuperDoes() {
        PatchableMethod over = woven.patchable(Ring.Over.class, "one");
        over.set(Target.parse(RING + "one").in(woven));
        assertThat(woven.callOn(woven.make(Ring.Over.class), "one")).isEqualTo(10);
        of("one").set(Target.constant(11));
        assertThat(woven.callOn(woven.make(Ring.Over.class), "one")).isEqualTo(11);
    }

    @Test
    void aCycleInWhichADefaultCannotBeCalledIsRefusedWithItsKeys() {
        Woven closed = new Woven().withoutClassFiles();
        closed.call(Ring.Bare.class, "a");
        closed.call(Ring.Bare.class, "b");
        PatchableMethod a = closed.patchable(Ring.Bare.class, "a");
        PatchableMethod b = closed.patchable(Ring.Bare.class, "b");
        Patch swap = new Patch()
                .set(a, Target.parse(BARE + "b").in(closed))
                .set(b, Target.parse(BARE + "a").in(closed));
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(swap::apply)
                .withMessageContaining(BARE + "a() -> " + BARE + "b() -> " + BARE + "a()")
                .withMessageContaining(
                        "its class loader does not give its class file, dev/repoint/fixture/Ring$Bare.class");
        assertThat(closed.call(Ring.Bare.class, "a")).isEqualTo(1);
        a.set(Target.parse(BARE + "b").in(closed));
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> b.set(Target.parse(BARE + "a").in(closed)));
        assertThat(closed.call(Ring.Bare.class, "a")).isEqualTo(2);
        assertThat(closed.call(Ring.Bare.class, "b")).isEqualTo(2);
    }

    @Test
    void oneIsNotLedToItself() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> set("a", "a"))
                .withMessageContaining("to itself");
    }

    @Test
    void noThreadSeesAnythingButTheOneOrTheOther() throws Exception {
        Patch swap = patch("a", "polled", "polled", "a");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong rounds = new AtomicLong();
        try (Threads threads = new Threads(2)) {
            Future<Long> one = threads.submit(sums(stop, rounds));
            Future<Long> other = threads.submit(sums(stop, rounds));
            for (int i = 0; i < PATCHES || rounds.get() < PATCHES; i++) {
                swap.apply();
                new Patch()
                        .set(of("a"), Target.DEFAULT)
                        .set(of("polled"), Target.DEFAULT)
                        .apply();
            }
            stop.set(true);
            assertThat(one.get() + other.get()).isZero();
        }
    }

    /// Calls one and the other. What one thread sees in this order may be 1 and 4 (as it was), 4 and 1
    /// (swapped), or a change in between: 1 and 1, or 4 and 4.
    private Callable<Long> sums(AtomicBoolean stop, AtomicLong rounds) {
        return () -> {
            long wrong = 0;
            while (!stop.get()) {
                int a = call("a");
                int polled = call("polled");
                wrong += (a == 1 || a == 4) && (polled == 1 || polled == 4) ? 0 : 1;
                rounds.incrementAndGet();
            }
            return wrong;
        };
    }
}
