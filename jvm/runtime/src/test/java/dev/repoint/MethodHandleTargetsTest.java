package dev.repoint;

import static java.lang.invoke.MethodType.methodType;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Hierarchy;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Every kind of method handle as a target.
class MethodHandleTargetsTest {

    private static final MethodType INTS = methodType(int.class, int.class, int.class);

    private final Woven woven = new Woven();
    private final PatchableMethod add = woven.patchable(Subject.class, "add");
    private final MethodHandles.Lookup targets = woven.lookup(Targets.class);

    static int here(int a, int b) {
        return 100 * a + b;
    }

    @Test
    void aStaticMethod() throws ReflectiveOperationException {
        add.set(Target.of(targets.findStatic(woven.copy(Targets.class), "multiply", INTS)));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(42);
        assertThat(add.targetName()).isEqualTo("dev.repoint.fixture.Targets.multiply");
        assertThat(add.isDefault()).isFalse();
    }

    @Test
    void aStaticMethodOfAnotherLoader() throws ReflectiveOperationException {
        add.set(Target.of(MethodHandles.lookup().findStatic(getClass(), "here", INTS)));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(607);
    }

    @Test
    void aPrivateMethod() throws ReflectiveOperationException {
        add.set(Target.of(targets.findStatic(woven.copy(Targets.class), "hidden", INTS)));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(-1);
    }

    @Test
    void aMethodOfAPrivateNestedClass() throws ReflectiveOperationException {
        Class<?> nested = (Class<?>) woven.call(Targets.class, "nested");
        add.set(Target.of(
                MethodHandles.privateLookupIn(nested, MethodHandles.lookup()).findStatic(nested, "multiply", INTS)));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(126);
    }

    @Test
    void aBoundMethod() throws ReflectiveOperationException {
        MethodHandle shifted = targets.findVirtual(woven.copy(Targets.class), "shifted", INTS);
        add.set(Target.of(shifted.bindTo(woven.make(Targets.class))));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(1013);
        assertThat(add.targetName()).isEqualTo("a method handle of type (int,int)int");
    }

    @Test
    void aCombinatorOfHandles() throws ReflectiveOperationException {
        MethodHandle multiply = targets.findStatic(woven.copy(Targets.class), "multiply", INTS);
        add.set(Target.of(MethodHandles.permuteArguments(MethodHandles.insertArguments(multiply, 0, 10), INTS, 1)));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(70);
    }

    @Test
    void aHandleOfTheJdk() throws ReflectiveOperationException {
        add.set(Target.of(MethodHandles.publicLookup().findStatic(Math.class, "max", INTS)));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(7);
    }

    @Test
    void aVirtualMethodTakesTheReceiver() throws ReflectiveOperationException {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        Object subject = woven.make(Subject.class);
        greet.set(Target.of(targets.findStatic(
                woven.copy(Targets.class),
                "greet",
                methodType(String.class, woven.copy(Subject.class), String.class))));

        assertThat(woven.callOn(subject, "greet", "you")).isEqualTo("bye hello you");
        assertThat(greet.type()).isEqualTo(methodType(String.class, woven.copy(Subject.class), String.class));
    }

    @Test
    void aVirtualMethodOfTheReceiver() throws ReflectiveOperationException {
        PatchableMethod base = woven.patchable(Hierarchy.class, "ofBase");
        MethodHandles.Lookup lookup = woven.lookup(Hierarchy.class);
        base.set(Target.of(lookup.findVirtual(woven.copy(Hierarchy.class), "name", methodType(String.class))));

        assertThat(woven.call(Hierarchy.class, "ofBase", woven.make(Hierarchy.Derived.class)))
                .isEqualTo("derived");
    }

    @Test
    void oneVirtualMethodNamedThroughTwoClassesServesBoth() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = woven.lookup(Hierarchy.class);
        PatchableMethod base = woven.patchable(Hierarchy.class, "ofBase");
        PatchableMethod derived = woven.patchable(Hierarchy.class, "ofDerived");
        derived.set(
                Target.of(lookup.findVirtual(woven.copy(Hierarchy.Derived.class), "get", methodType(String.class))));
        base.set(Target.of(lookup.findVirtual(woven.copy(Hierarchy.class), "get", methodType(String.class))));

        assertThat(woven.call(Hierarchy.class, "ofDerived", woven.make(Hierarchy.Derived.class)))
                .isEqualTo("get derived");
        assertThat(woven.call(Hierarchy.class, "ofBase", woven.make(Hierarchy.class)))
                .isEqualTo("get base");
    }

    @Test
    void aSuperCall() throws ReflectiveOperationException {
        PatchableMethod derived = woven.patchable(Hierarchy.class, "ofDerived");
        Class<?> below = woven.copy(Hierarchy.Derived.class);
        derived.set(Target.of(woven.lookup(Hierarchy.Derived.class)
                .findSpecial(woven.copy(Hierarchy.class), "name", methodType(String.class), below)));

        assertThat(woven.call(Hierarchy.class, "ofDerived", woven.make(Hierarchy.Derived.class)))
                .isEqualTo("base");
    }

    @Test
    void aPrivateInstanceMethodAsTargetAndAsPatchable() throws ReflectiveOperationException {
        PatchableMethod secret = woven.patchable(Subject.class, "secret");
        Object subject = woven.make(Subject.class);
        assertThat(woven.callOn(subject, "secret", 4)).isEqualTo(5);

        secret.set(Target.of(targets.findStatic(
                woven.copy(Targets.class), "secret", methodType(int.class, woven.copy(Subject.class), int.class))));
        assertThat(woven.callOn(subject, "secret", 4)).isEqualTo(8);
    }

    @Test
    void anInterfaceMethod() throws ReflectiveOperationException {
        woven.patchable(Subject.class, "length")
                .set(Target.of(
                        MethodHandles.lookup().findVirtual(CharSequence.class, "length", methodType(int.class))));
        PatchableMethod lengthOf = woven.patchable(Subject.class, "lengthOf");
        lengthOf.set(
                Target.of(MethodHandles.lookup().findVirtual(CharSequence.class, "length", methodType(int.class))));

        assertThat(woven.call(Subject.class, "lengthOf", "four")).isEqualTo(4);
    }

    @Test
    void aConstructor() throws ReflectiveOperationException {
        PatchableMethod list = woven.patchable(Subject.class, "aList");
        list.set(Target.of(MethodHandles.publicLookup().findConstructor(ArrayList.class, methodType(void.class))));
        assertThat(woven.call(Subject.class, "aList")).isInstanceOf(ArrayList.class);
    }

    @Test
    void aFieldGetter() throws ReflectiveOperationException {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        MethodHandle getter =
                woven.lookup(Subject.class).findGetter(woven.copy(Subject.class), "greeting", String.class);
        greet.set(Target.of(MethodHandles.dropArguments(getter, 1, String.class)));
        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("hello ");
    }

    @Test
    void aMethodOfVariableArityIsTakenAsItIs() throws ReflectiveOperationException {
        PatchableMethod joined = woven.patchable(Subject.class, "joined");
        MethodHandle target =
                targets.findStatic(woven.copy(Targets.class), "joined", methodType(String.class, String[].class));
        assertThat(target.isVarargsCollector()).isTrue();
        joined.set(Target.of(target));

        assertThat(woven.call(Subject.class, "joined", (Object) new String[] {"a", "b"}))
                .isEqualTo("2 parts");
    }

    @Test
    void aTargetMayTakeWiderReferencesAndReturnANarrowerOne() throws ReflectiveOperationException {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        greet.set(Target.method(woven.copy(Targets.class), "greetAnybody"));
        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("anybody you");

        PatchableMethod anything = woven.patchable(Subject.class, "anything");
        anything.set(Target.of(
                targets.findStatic(woven.copy(Targets.class), "anything", methodType(String.class, Object.class))));
        assertThat(woven.call(Subject.class, "anything", 5)).isEqualTo("a 5");
    }

    @Test
    void everyArgumentArrivesWhateverItsSize() throws ReflectiveOperationException {
        PatchableMethod mixed = woven.patchable(Subject.class, "mixed");
        Object[] arguments = {1, 2L << 40, 4f, 8d, "sixteen", (byte) -32, (short) 64, 'x', true};
        long plain = (long) woven.call(Subject.class, "mixed", arguments);
        MethodHandle whole = MethodHandles.filterReturnValue(
                mixed.defaultHandle(),
                MethodHandles.lookup().findStatic(Math.class, "negateExact", methodType(long.class, long.class)));
        mixed.set(Target.of(whole));

        assertThat(woven.call(Subject.class, "mixed", arguments)).isEqualTo(-plain);
    }

    @Test
    void theTargetCanBeAskedForAndCalled() throws Throwable {
        assertThat(add.target()).isEmpty();
        add.set(Target.of(targets.findStatic(woven.copy(Targets.class), "multiply", INTS)));

        assertThat(add.target())
                .hasValueSatisfying(target -> assertThat(target.type()).isEqualTo(INTS));
        assertThat((int) add.target().orElseThrow().invokeExact(6, 7)).isEqualTo(42);
        assertThat(add).hasToString("dev.repoint.fixture.Subject.add(int,int) -> dev.repoint.fixture.Targets.multiply");
    }

    @Test
    void resetLeadsToTheDefaultAgain() throws ReflectiveOperationException {
        add.set(Target.of(targets.findStatic(woven.copy(Targets.class), "multiply", INTS)));
        add.reset();

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(add.isDefault()).isTrue();
        assertThat(add.target()).isEmpty();
        assertThat(add.targetName()).isEqualTo("default");
    }

    @Test
    void settingOnePatchableChangesNoOther() throws ReflectiveOperationException {
        add.set(Target.of(targets.findStatic(woven.copy(Targets.class), "multiply", INTS)));
        Woven other = new Woven();

        assertThat(other.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(0);
        assertThat(woven.patchable(Subject.class, "polled").isDefault()).isTrue();
    }

    @Test
    void aSecondLookUpFindsWhatTheFirstOneSet() throws ReflectiveOperationException {
        add.set(Target.of(targets.findStatic(woven.copy(Targets.class), "multiply", INTS)));
        PatchableMethod again = woven.patchable(Subject.class, "add");
        assertThat(again.targetName()).isEqualTo(add.targetName());

        again.reset();
        assertThat(add.isDefault()).isTrue();
    }
}
