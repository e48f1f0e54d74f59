package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Key;
import dev.repoint.PatchableField;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.weaver.Phase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Values that are known before the first read.
class FieldPolicyTest {

    @AfterEach
    void noPolicy() {
        Weaving.policy(key -> null);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theFirstReadGetsWhatThePolicyNames(Phase phase) {
        policy(Map.of("fast", "true", "level", "7", "operation", "com.acme.fields.Operations.PRODUCT"));
        FieldWorld world = new FieldWorld(phase);
        assertThat(world.call("fast")).isEqualTo(true);
        assertThat(world.call("level")).isEqualTo(7);
        assertThat(world.call("operate", 6, 3)).isEqualTo(18);
        PatchableField level = world.field("level");
        assertThat(level.targetName()).isEqualTo("constant:7");
        assertThat(level.state().changes()).isZero();
        level.reset();
        assertThat(world.read("level")).isEqualTo(1);
    }

    @Test
    void anAssignmentAfterTheFirstReadIsTheProgramsOwn() {
        policy(Map.of("level", "7"));
        FieldWorld world = new FieldWorld(Phase.LOAD);
        assertThat(world.call("bump")).isEqualTo(7);
        assertThat(world.read("level")).isEqualTo(8);
        assertThat(world.field("level").isDefault()).isTrue();
    }

    @Test
    void whatIsSetBeforeCountsMore() {
        policy(Map.of("level", "7"));
        FieldWorld world = new FieldWorld(Phase.LOAD);
        world.field("level").setValue(9);
        assertThat(world.read("level")).isEqualTo(9);
    }

    @Test
    void aPolicyThatCannotBeAppliedIsNoted() {
        policy(Map.of("level", "seven.of.nine"));
        FieldWorld world = new FieldWorld(Phase.LOAD);
        assertThat(world.read("level")).isEqualTo(1);
        assertThat(world.field("level").state().note())
                .startsWith("policy not applied: com.acme.fields.Flags.level: there is no class seven.of");
    }

    private static void policy(Map<String, String> targets) {
        Weaving.policy(key -> key.equals(new Key("com.acme.fields.Flags", key.name(), key.descriptor()))
                        && targets.containsKey(key.name())
                ? Target.parse(targets.get(key.name()))
                : null);
    }
}
