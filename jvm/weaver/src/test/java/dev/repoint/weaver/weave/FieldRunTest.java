package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.fields.Flags;
import com.acme.fields.Operations;
import dev.repoint.Mode;
import dev.repoint.OverrideScope;
import dev.repoint.PatchException;
import dev.repoint.PatchableField;
import dev.repoint.PatchableState;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import java.lang.invoke.MethodHandles;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Woven fields, read and assigned by woven code and by the runtime.
class FieldRunTest {

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aValueThatIsSetIsWhatReadersGetAndWhatTheFieldHolds(Phase phase) throws ReflectiveOperationException {
        FieldWorld world = new FieldWorld(phase);
        PatchableField fast = world.field("fast");
        assertThat(world.read("fast")).isEqualTo(false);
        assertThat(fast.state().links()).isEqualTo(1);

        fast.setValue(true);

        assertThat(world.call("fast")).isEqualTo(true);
        assertThat(fast.get()).isEqualTo(true);
        assertThat(world.type(Flags.class).getField("fast").get(null)).isEqualTo(true);
        assertThat(fast.targetName()).isEqualTo("constant:true");
        assertThat(fast.state().changes()).isEqualTo(1);
        assertThat(fast.toString()).isEqualTo("com.acme.fields.Flags.fast -> constant:true");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void anAssignmentByWovenCodeIsSeenByWovenReaders(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        assertThat(world.read("level")).isEqualTo(1);
        for (int i = 1; i < 50; i++) {
            assertThat(world.call("bump")).isEqualTo(i);
            assertThat(world.read("level")).isEqualTo(i + 1);
        }
        assertThat(world.read("stamp")).isEqualTo(10L);
        world.call("stamp", 11L);
        assertThat(world.read("stamp")).isEqualTo(11L);
        assertThat(world.field("level").isDefault()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aTableOfOperationsIsExchangedWhole(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        assertThat(world.call("operate", 6, 3)).isEqualTo(9);
        assertThat(world.call("operate", 6, 3)).isEqualTo(9);
        world.field("operation").set(Target.of(IntBinaryOperator.class, (a, b) -> a - b));
        assertThat(world.call("operate", 6, 3)).isEqualTo(3);
        world.call("operation", (IntBinaryOperator) (a, b) -> a * b);
        assertThat(world.call("operate", 6, 3)).isEqualTo(18);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void resetGivesBackWhatTheProgramGaveTheFieldLast(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        PatchableField level = world.field("level");
        world.call("bump");
        level.setValue(100);
        level.setValue(200);
        assertThat(world.read("level")).isEqualTo(200);
        level.reset();
        assertThat(world.read("level")).isEqualTo(2);
        assertThat(level.isDefault()).isTrue();

        level.setValue(300);
        world.call("bump"); // the program takes the field back
        assertThat(level.isDefault()).isTrue();
        assertThat(world.read("level")).isEqualTo(301);
        level.reset();
        assertThat(world.read("level")).isEqualTo(301);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void anAssignmentOfTheValueThatStandsTakesTheFieldBackToo(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        PatchableField fast = world.field("fast");
        assertThat(world.read("fast")).isEqualTo(false);
        fast.setValue(true);
        world.call("fast", true);
        fast.reset();
        assertThat(world.read("fast")).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void overridesNestAndEndInAnyOrder(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        PatchableField level = world.field("level");
        assertThat(world.read("level")).isEqualTo(1);
        OverrideScope outer = level.override(Target.constant(10));
        try (OverrideScope inner = level.override(Target.constant(20))) {
            assertThat(inner).isNotNull();
            assertThat(world.read("level")).isEqualTo(20);
            outer.close();
            assertThat(world.read("level")).isEqualTo(20);
        }
        assertThat(world.read("level")).isEqualTo(1);
        outer.close();

        level.setValue(5);
        try (OverrideScope over = level.override(Target.constant(6))) {
            assertThat(over).isNotNull();
            assertThat(world.read("level")).isEqualTo(6);
        }
        assertThat(world.read("level")).isEqualTo(5);
        level.reset();
        assertThat(world.read("level")).isEqualTo(1);

        try (OverrideScope over = level.override(Target.constant(6))) {
            assertThat(over).isNotNull();
            world.call("bump");
        }
        assertThat(world.read("level"))
                .as("what the program assigned meanwhile stays")
                .isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void inPointerModeReadersSeeWhoeverAssigns(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        PatchableField polled = world.field("polled");
        assertThat(world.read("polled")).isEqualTo(0.5);
        assertThat(polled.mode()).isEqualTo(Mode.POINTER);
        world.bypass("polled", 1.5);
        assertThat(world.read("polled")).isEqualTo(1.5);
        world.call("polled", 2.5);
        assertThat(world.read("polled")).isEqualTo(2.5);
        polled.mode(Mode.CONSTANT);
        assertThat(world.read("polled")).isEqualTo(2.5);
        world.call("polled", 3.5);
        assertThat(world.read("polled")).isEqualTo(3.5);
        polled.mode(Mode.POINTER);
        assertThat(world.read("polled")).isEqualTo(3.5);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void anAssignmentThatGoesPastTheReadersIsToldAndTakenOverByRefresh(Phase phase) {
        FieldWorld world = new FieldWorld(phase);
        PatchableField name = world.field("name");
        assertThat(world.read("name")).isEqualTo("none");
        assertThat(name.state().note()).isEqualTo("holds none");
        world.bypass("name", "some");

        assertThat(world.read("name")).isEqualTo("none");
        assertThat(name.get()).isEqualTo("some");
        assertThat(name.state().note())
                .isEqualTo("holds some, readers get none: it was assigned by code that is not woven;"
                        + " set it, or refresh() it");
        name.refresh();
        assertThat(world.read("name")).isEqualTo("some");
        assertThat(name.state().note()).isEqualTo("holds some");
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWithBothTypes() {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        assertThat(world.read("fast")).isEqualTo(false);
        assertThatThrownBy(() -> world.field("fast").setValue("yes"))
                .isInstanceOf(PatchException.class)
                .hasMessage("com.acme.fields.Flags.fast has the type boolean, the value yes has the type"
                        + " java.lang.String; give a value of the same type");
        assertThatThrownBy(() -> world.field("level").setValue(null)).hasMessageContaining("int, the value null");
        assertThatThrownBy(() -> world.field("level").setValue(1L))
                .hasMessageContaining("the type int, the value 1 has the type java.lang.Long");
        assertThat(world.read("fast")).isEqualTo(false);
        assertThat(world.field("fast").state().changes()).isZero();
    }

    @Test
    void valuesAreNamedByText() {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        set(world, "fast", "true");
        assertThat(world.read("fast")).isEqualTo(true);
        set(world, "level", "-7");
        assertThat(world.read("level")).isEqualTo(-7);
        set(world, "speed", "constant:FAST");
        assertThat(world.read("speed")).hasToString("FAST");
        set(world, "name", "constant:a name");
        assertThat(world.read("name")).isEqualTo("a name");
        set(world, "name", "null");
        assertThat(world.read("name")).isNull();
        set(world, "operation", "com.acme.fields.Operations.PRODUCT");
        assertThat(world.call("operate", 6, 3)).isEqualTo(18);
        set(world, "operation", "com.acme.fields.Operations.difference");
        assertThat(world.call("operate", 6, 3)).isEqualTo(3);
        set(world, "operation", "default");
        assertThat(world.call("operate", 6, 3)).isEqualTo(9);
    }

    @Test
    void whatATextCannotNameIsRefused() {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        assertRefused(world, "fast", "nothing", "cannot do nothing");
        assertRefused(world, "fast", "constant:yes", "has the type boolean: 'yes' is no value of it");
        assertRefused(
                world,
                "operation",
                "com.acme.fields.Operations.wide",
                "the target com.acme.fields.Operations.wide has (long)long");
        assertRefused(world, "level", "com.acme.fields.Operations.PRODUCT", "has the type int");
        assertRefused(world, "level", "com.acme.fields.Operations.difference", "is not an interface");
        assertRefused(
                world,
                "operation",
                "com.acme.fields.Operations.diference",
                "did you mean com.acme.fields.Operations.difference");
        assertRefused(world, "operation", "com.acme.fields.Absent.x", "there is no class com.acme.fields.Absent");
    }

    @Test
    void whatCannotBePatchedIsNotFound() {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        assertNotFound(world, "FIXED", "it is final");
        assertNotFound(world, "ofInstances", "it is not static");
        assertNotFound(world, "plain", "it does not carry @Patchable, and no use of it is woven");
        assertNotFound(world, "levle", "did you mean com.acme.fields.Flags.level");
        assertThatThrownBy(() -> Repoint.findField(MethodHandles.publicLookup(), world.type(Flags.class), "hidden"))
                .hasMessageContaining("com.acme.fields.Flags.hidden may not be patched by");
    }

    @Test
    void aFieldIsListedWithTheOtherPatchables() {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        assertThat(world.read("level")).isEqualTo(1);
        PatchableField level = world.field("level");
        level.setValue(2);
        PatchableState state = level.state();
        assertThat(Repoint.states()).contains(state);
        assertThat(state.target()).isEqualTo("constant:2");
        assertThat(state.mode()).isEqualTo(Mode.CONSTANT);
        assertThat(state.links()).isEqualTo(1);
        assertThat(state.changes()).isEqualTo(1);
    }

    @Test
    void aValueThatIsSetBeforeTheFirstReadIsWhatTheFirstReadGets() {
        FieldWorld world = new FieldWorld(Phase.LOAD);
        world.field("level").setValue(9);
        assertThat(world.call("level")).isEqualTo(9);
        world.field("level").reset();
        assertThat(world.read("level")).isEqualTo(1);
    }

    @Test
    void aFieldByConfigurationNeedsNoAnnotation() {
        Selection selection = new Selection(
                Try.keys("com.acme.fields.Flags.plain"),
                false,
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of());
        FieldWorld world = new FieldWorld(Phase.LOAD, selection);
        assertThat(world.call("plain")).isEqualTo(4);
        assertThat(world.call("plain")).isEqualTo(5);
        PatchableField plain = world.field("plain");
        plain.setValue(40);
        assertThat(world.call("plain")).isEqualTo(40);
        assertThat(world.type(Operations.class)).isNotNull();
    }

    private static void set(FieldWorld world, String field, String target) {
        world.field(field).set(Target.parse(target).in(world.loader()));
    }

    private static void assertRefused(FieldWorld world, String field, String target, String reason) {
        assertThatThrownBy(() -> set(world, field, target))
                .isInstanceOf(PatchException.class)
                .hasMessageStartingWith("com.acme.fields.Flags." + field)
                .hasMessageContaining(reason);
        assertThat(world.field(field).state().changes()).isZero();
    }

    private static void assertNotFound(FieldWorld world, String field, String reason) {
        assertThatThrownBy(() -> world.field(field))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining(reason);
    }
}
