package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Callback;
import dev.repoint.fixture.Subject;
import dev.repoint.internal.agent.Weaving;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Targets that a policy names before the first call.
class PolicyTest {

    private static final String FIXTURE = "dev.repoint.fixture.";

    private final Woven woven = new Woven();
    private final Map<String, String> policy = new HashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    PolicyTest() {
        Weaving.policy(key -> {
            String spec = policy.get(key.name());
            if (spec == null) {
                return null;
            }
            asked.incrementAndGet();
            return Target.parse(spec);
        });
    }

    @AfterEach
    void noPolicy() {
        Weaving.policy(key -> null);
    }

    @Test
    void theFirstCallReachesTheTargetOfThePolicy() {
        policy.put("add", FIXTURE + "Targets.multiply");

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(42);
        PatchableMethod add = woven.patchable(Subject.class, "add");
        assertThat(add.targetName()).isEqualTo(FIXTURE + "Targets.multiply");
        assertThat(add.state().note()).isEmpty();
    }

    @Test
    void itIsNoChange() {
        policy.put("add", "constant:1");
        woven.call(Subject.class, "add", 6, 7);

        assertThat(woven.patchable(Subject.class, "add").state().changes()).isZero();
    }

    @Test
    void itIsAskedOnce() {
        policy.put("add", "constant:1");
        woven.call(Subject.class, "add", 6, 7);
        woven.call(Subject.class, "add", 6, 7);

        assertThat(asked).hasValue(1);
    }

    @Test
    void itHoldsInPointerModeToo() {
        policy.put("polled", "constant:1");

        assertThat(woven.call(Subject.class, "polled", 6)).isEqualTo(1);
        assertThat(woven.patchable(Subject.class, "polled").mode()).isEqualTo(Mode.POINTER);
    }

    @Test
    void aResetLeadsToTheDefaultAndNotToThePolicy() {
        policy.put("add", "constant:1");
        woven.call(Subject.class, "add", 6, 7);
        woven.patchable(Subject.class, "add").reset();

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }

    @Test
    void whatWasSetBeforeTheFirstCallIsNotOverruled() {
        policy.put("add", "constant:1");
        woven.patchable(Subject.class, "add").set(Target.constant(2));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(2);
        assertThat(asked).hasValue(0);
    }

    @Test
    void anOverrideThatEndsBeforeTheFirstCallLeavesTheDefault() {
        policy.put("add", "constant:1");
        try (OverrideScope scope =
                woven.patchable(Subject.class, "add").override(Target.of(IntBinaryOperator.class, (a, b) -> a - b))) {
            assertThat(scope).isNotNull();
            assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(-1);
        }
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }

    @Test
    void aPolicyThatCannotBeAppliedLeavesTheDefaultAndANote() {
        policy.put("add", FIXTURE + "Targets.wrong");

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        PatchableState state = woven.patchable(Subject.class, "add").state();
        assertThat(state.target()).isEqualTo("default");
        assertThat(state.note())
                .startsWith("policy not applied: ")
                .contains("(int,int)int")
                .contains("(int,long)long");

        woven.patchable(Subject.class, "add").set(Target.constant(3));
        assertThat(woven.patchable(Subject.class, "add").state().note()).isEmpty();
    }

    @Test
    void aTargetWhoseInitialiserFailsLeavesTheDefaultAndANote() {
        policy.put("add", FIXTURE + "Failing.add");

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(woven.patchable(Subject.class, "add").state().note()).contains("cannot be initialised");
    }

    @Test
    void aPolicyThatThrowsLeavesTheDefaultAndANote() {
        Weaving.policy(key -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(woven.patchable(Subject.class, "add").state().note()).contains("on purpose");
    }

    @Test
    void aTargetThatCallsThePatchableWhileItIsInitialisedDoesNotRunInCircles() {
        policy.put("add", Callback.class.getName() + ".add");

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(-13);
    }

    @Test
    void aLoaderThatCallsThePatchableWhileItFindsTheTargetDoesNotRunInCircles() {
        AtomicInteger depth = new AtomicInteger();
        Woven[] loader = new Woven[1];
        loader[0] = new Woven(bytes -> {
            // The class that is looked for is the target: its loader needs the patchable to find it.
            if (new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains("hidden")
                    && depth.incrementAndGet() < 50) {
                loader[0].call(Subject.class, "add", 1, 1);
            }
            return Prologue.weave(bytes);
        });
        policy.put("add", FIXTURE + "Targets.multiply");

        assertThat(loader[0].call(Subject.class, "add", 6, 7)).isEqualTo(42);
        assertThat(depth).hasValueLessThan(5);
    }
}
