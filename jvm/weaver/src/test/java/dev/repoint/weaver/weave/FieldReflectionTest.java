package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.fields.FlagUser;
import com.acme.fields.Flags;
import com.acme.fields.Reflection;
import dev.repoint.KeyPattern;
import dev.repoint.Patch;
import dev.repoint.PatchableField;
import dev.repoint.Target;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Fields that woven code assigns by reflection.
class FieldReflectionTest {

    private static final Selection FIELDS = Selection.ofPatchable(List.of(KeyPattern.parse("com.acme.fields.**:*")));

    private static FieldWorld world(Phase phase) {
        FieldWorld world = new FieldWorld(phase, FIELDS);
        world.loader()
                .with(
                        Reflection.class.getName(),
                        Try.weave(FIELDS, Reflection.class, phase).bytes());
        return world;
    }

    private static Object reflect(FieldWorld world, String method, Object... arguments) throws Throwable {
        Method found = Arrays.stream(world.type(Reflection.class).getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        try {
            return found.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void readersGetWhatWasAssigned(Phase phase) throws Throwable {
        FieldWorld world = world(phase);
        for (String name : List.of("fast", "level", "stamp", "polled", "name")) {
            world.read(name);
        }
        reflect(world, "setInt", "level", 5);
        assertThat(world.call("level")).isEqualTo(5);
        reflect(world, "set", "level", 6);
        assertThat(world.call("level")).isEqualTo(6);
        reflect(world, "setLong", "stamp", 7L);
        assertThat(world.call("stamp")).isEqualTo(7L);
        reflect(world, "setDouble", "polled", 0.25);
        assertThat(world.call("polled")).isEqualTo(0.25);
        reflect(world, "setBoolean", "fast", true);
        assertThat(world.call("fast")).isEqualTo(true);
        reflect(world, "set", "name", "some");
        assertThat(world.call("name")).isEqualTo("some");
        assertThat(world.field("level").state().note()).isEqualTo("holds 6");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatTheCallThrowsAndWhoCallsIsAsBefore(Phase phase) throws Throwable {
        FieldWorld world = world(phase);
        world.read("level");
        assertThat(reflect(world, "own", "mine")).isEqualTo("mine");
        reflect(world, "setBoolean", "level", true);
        assertThat(world.call("level")).isEqualTo(1);
        assertThat(world.call("name")).isEqualTo("IllegalArgumentException");
        assertThatThrownBy(() -> reflect(world, "setInt", "missing", 1)).isInstanceOf(NoSuchFieldException.class);
        assertThatThrownBy(() -> reflect(world, "set", "FIXED", 1)).isInstanceOf(NoSuchFieldException.class);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void itIsTheProgramThatAssigns(Phase phase) throws Throwable {
        FieldWorld world = world(phase);
        PatchableField level = world.field("level");
        world.read("level");
        new Patch()
                .set(level, Target.constant(3))
                .set(world.field("stamp"), Target.constant(3L))
                .apply();
        reflect(world, "setInt", "level", 5);
        assertThat(level.isDefault()).isTrue();
        level.reset();
        assertThat(world.read("level")).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void weavingAgainChangesNothing(Phase phase) {
        WeaveResult woven = Try.weave(FIELDS, Reflection.class, phase);
        assertThat(woven.changed()).isTrue();
        WeaveResult again = Weaver.of(FIELDS).weave(woven.bytes(), Throwaway::bytesOf, phase);
        assertThat(again.changed()).isFalse();
        assertThat(again.bytes()).isSameAs(woven.bytes());
    }

    @Test
    void onlyWhereFieldsAreAskedFor() {
        Selection methods = Selection.ofPatchable(List.of(KeyPattern.parse("com.acme.fields.Flags.hidden()")));
        assertThat(Try.weave(methods, Reflection.class, Phase.LOAD).changed()).isFalse();
        assertThat(Try.weave(FIELDS, Flags.class, Phase.LOAD).changed()).isTrue();
        assertThat(Try.weave(FIELDS, FlagUser.class, Phase.LOAD).changed()).isTrue();
    }
}
