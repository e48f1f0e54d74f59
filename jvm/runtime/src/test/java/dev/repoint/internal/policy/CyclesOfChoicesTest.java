package dev.repoint.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.Logged;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.Target;
import dev.repoint.Woven;
import dev.repoint.fixture.Ring;
import dev.repoint.fixture.Threads;
import dev.repoint.internal.agent.Weaving;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Policies and offers by which patchables lead to each other.
class CyclesOfChoicesTest {

    private static final String RING = Ring.class.getName() + ".";
    private static final String BARE = Ring.Bare.class.getName() + ".";
    private static final String SWAP = RING + "a = " + RING + "b\n" + RING + "b = " + RING + "a\n";
    private static final int ROUNDS = 200;

    private final Woven woven = new Woven();

    @AfterEach
    void noPolicy() {
        SourceUpdate.apply(PolicySettings.HERE, OperatorPolicy.NONE);
    }

    private static void apply(String text) {
        int unused = SourceUpdate.apply(PolicySettings.HERE, OperatorPolicy.parse("p", text));
    }

    private static int call(Woven woven, String name) {
        return (int) woven.call(Ring.class, name);
    }

    private void assertCalls(Woven of, int a, int b, int c) {
        assertThat(List.of(call(of, "a"), call(of, "b"), call(of, "c"))).containsExactly(a, b, c);
    }

    private PatchableMethod patchable(String name) {
        return woven.patchable(Ring.class, name);
    }

    private static Woven offering(String... lines) {
        return new Woven()
                .with(
                        IndexedOffer.ENTRY,
                        Stream.of(lines)
                                .map(line -> RING + line.replace(" ", "\t" + RING) + "\n")
                                .collect(Collectors.joining()));
    }

    @Test
    void theFirstCallUnderAPolicyThatSwapsIsSwapped() {
        apply(SWAP);
        assertCalls(woven, 2, 1, 3);
    }

    @Test
    void aPolicyThatTurnsThreeDoesSoFromTheFirstCall() {
        apply(SWAP.replace(RING + "b = " + RING + "a", RING + "b = " + RING + "c\n" + RING + "c = " + RING + "a"));
        assertCalls(woven, 2, 3, 1);
    }

    @Test
    void aPolicyThatComesLaterSwapsAndOneThatGoesResets() {
        assertCalls(woven, 1, 2, 3);
        apply(SWAP);
        assertCalls(woven, 2, 1, 3);
        apply("");
        assertCalls(woven, 1, 2, 3);
    }

    @Test
    void aPolicyThatComesLaterSwapsWithWhatIsNotLinkedYet() {
        assertThat(call(woven, "a")).isEqualTo(1);
        apply(SWAP);
        assertCalls(woven, 2, 1, 3);
    }

    @Test
    void aPolicyLosesALineAndGetsItBack() {
        apply(SWAP);
        assertCalls(woven, 2, 1, 3);
        apply(RING + "a = " + RING + "b\n");
        assertCalls(woven, 2, 2, 3);
        apply(SWAP);
        assertCalls(woven, 2, 1, 3);
    }

    @Test
    void aPolicyAndTheProgramCloseACycleTogether() {
        apply(RING + "b = " + RING + "a\n");
        PatchableMethod a = patchable("a");
        a.set(Target.parse(RING + "b").in(woven));
        assertCalls(woven, 2, 1, 3);
    }

    @Test
    void theBeanSwaps() {
        assertCalls(woven, 1, 2, 3);
        new KnownPoints(PolicySettings.HERE).set(Map.of(RING + "a()", RING + "b", RING + "b()", RING + "a"));
        assertCalls(woven, 2, 1, 3);
        new KnownPoints(PolicySettings.HERE).reset(RING + "b");
        assertCalls(woven, 2, 2, 3);
    }

    @Test
    void offersSwap() {
        assertCalls(offering("a b", "b a"), 2, 1, 3);
        assertCalls(offering("a b", "b c", "c a"), 2, 3, 1);
    }

    @Test
    void anOfferAndAPolicyCloseACycleTogether() {
        apply(RING + "b = " + RING + "a\n");
        assertCalls(offering("a b"), 2, 1, 3);
    }

    @Test
    void whatTheAgentIsToldSwaps() {
        Weaving.policy(key -> key.owner().equals(Ring.class.getName()) && "ab".contains(key.name())
                ? Target.parse(RING + (key.name().equals("a") ? "b" : "a"))
                : null);
        try {
            assertCalls(woven, 2, 1, 3);
        } finally {
            Weaving.policy(key -> null);
        }
    }

    @Test
    void whatCannotBeSwappedKeepsItsDefaultAndTheLogSaysWhy() {
        Woven closed = new Woven().withoutClassFiles();
        assertThat(closed.call(Ring.Bare.class, "b")).isEqualTo(2);
        closed.patchable(Ring.Bare.class, "b").set(Target.parse(BARE + "a").in(closed));
        try (Logged logged = new Logged()) {
            Weaving.policy(key -> key.text().equals(BARE + "a()") ? Target.parse(BARE + "b") : null);
            assertThat(closed.call(Ring.Bare.class, "a")).isEqualTo(1);
            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .contains("keeps its default", "would come back to itself");
        } finally {
            Weaving.policy(key -> null);
        }
        assertThat(closed.call(Ring.Bare.class, "b")).isEqualTo(1);
    }

    @Test
    void aPolicyThatCannotBeIsRefusedWhole() {
        Woven closed = new Woven().withoutClassFiles();
        assertThat(closed.call(Ring.Bare.class, "a")).isEqualTo(1);
        assertThat(closed.call(Ring.Bare.class, "b")).isEqualTo(2);
        assertCalls(woven, 1, 2, 3);
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> apply(SWAP.replace(RING, BARE) + RING + "c = 7"))
                .withMessageContaining("would come back to itself");
        assertThat(closed.call(Ring.Bare.class, "a")).isEqualTo(1);
        assertCalls(woven, 1, 2, 3);
    }

    @Test
    void threadsThatCallFirstSeeTheSwap() throws Exception {
        apply(SWAP);
        try (Threads threads = new Threads(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                Woven fresh = new Woven();
                fresh.copy(Ring.class);
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Integer> a = threads.submit(() -> {
                    start.await();
                    return call(fresh, "a");
                });
                Future<Integer> b = threads.submit(() -> {
                    start.await();
                    return call(fresh, "b");
                });
                assertThat(a.get()).isEqualTo(2);
                assertThat(b.get()).isEqualTo(1);
            }
        }
    }
}
