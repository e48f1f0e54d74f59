package dev.repoint;

import static java.lang.invoke.MethodType.methodType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixture.Around;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import dev.repoint.internal.agent.Weaving;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Targets that get the default, and call it where they like.
class WrappingTargetsTest {

    /// What a lambda that wraps `add` is given.
    interface AroundAdd {
        int apply(IntBinaryOperator original, int a, int b);
    }

    interface AroundByHandle {
        int apply(MethodHandle original, int a, int b) throws Throwable;
    }

    interface AroundSecret {
        int apply(MethodHandle original, Object self, int value) throws Throwable;
    }

    interface AroundOperators<T> {
        T apply(BiFunction<Subject, String, T> original, Object self, CharSequence name);
    }

    private final Woven woven = new Woven();
    private final PatchableMethod add = woven.patchable(Subject.class, "add");

    private Target around(String name) {
        return Target.method(woven.copy(Around.class), name);
    }

    private int add(int a, int b) {
        return (int) woven.call(Subject.class, "add", a, b);
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "byHandle"})
    void aMethodWhoseFirstParameterIsMarkedGetsTheDefault(String name) {
        add.set(around(name));

        assertThat(add(6, 7)).isEqualTo(130);
        assertThat(add.targetName()).isEqualTo("dev.repoint.fixture.Around." + name);
        assertThat(add.target()).isPresent();
        add.reset();
        assertThat(add(6, 7)).isEqualTo(13);
    }

    @Test
    void soDoesOneThatATextNames() {
        add.set(Target.parse("dev.repoint.fixture.Around.add"));
        assertThat(add(6, 7)).isEqualTo(130);
        add.set(Target.parse("dev.repoint.fixture.Around.byHandle(java.lang.invoke.MethodHandle,int,int)"));
        assertThat(add(6, 7)).isEqualTo(130);
    }

    @Test
    void soDoesALambda() {
        AtomicInteger calls = new AtomicInteger();
        add.set(Target.around(AroundAdd.class, (original, a, b) -> {
            calls.incrementAndGet();
            return original.applyAsInt(b, a) + original.applyAsInt(1, 1);
        }));

        assertThat(add(6, 7)).isEqualTo(15);
        assertThat(calls).hasValue(1);
        assertThat(add.targetName()).isEqualTo("an instance of " + AroundAdd.class.getName());
        add.set(Target.around(AroundByHandle.class, (original, a, b) -> -(int) original.invokeExact(a, b)));
        assertThat(add(6, 7)).isEqualTo(-13);
    }

    @Test
    void soDoesAMethodHandle() throws ReflectiveOperationException {
        MethodHandle direct = woven.lookup(Around.class)
                .findStatic(
                        woven.copy(Around.class),
                        "add",
                        methodType(int.class, IntBinaryOperator.class, int.class, int.class));
        add.set(Target.around(direct));
        assertThat(add(6, 7)).isEqualTo(130);

        MethodHandle negated = MethodHandles.filterReturnValue(
                direct, MethodHandles.lookup().findStatic(Math.class, "negateExact", methodType(int.class, int.class)));
        add.set(Target.around("negated", negated));
        assertThat(add(6, 7)).isEqualTo(-130);
        assertThat(add.targetName()).isEqualTo("negated");

        // The original as the receiver: it calls the default and no more.
        add.set(Target.around(MethodHandles.lookup()
                .findVirtual(IntBinaryOperator.class, "applyAsInt", methodType(int.class, int.class, int.class))));
        assertThat(add(6, 7)).isEqualTo(13);
    }

    @Test
    void theReceiverOfAnInstanceMethodComesSecond() {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        greet.set(around("greet"));
        Object subject = woven.make(Subject.class);

        assertThat(woven.callOn(subject, "greet", "you")).isEqualTo("<hello you>");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void theTypesOfAGenericFunctionalInterfaceAreCast() {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        greet.set(Target.around(
                (Class<AroundOperators>) AroundOperators.class,
                (original, self, name) -> original.apply(self, name + "!") + "?"));

        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("hello you!?");
    }

    @Test
    void aMethodThatReturnsNothing() {
        List<String> to = new ArrayList<>();
        woven.patchable(Subject.class, "log").set(around("log"));
        woven.call(Subject.class, "log", to);

        assertThat(to).containsExactly("before", "default", "after");
    }

    @Test
    void primitivesOfAllWidthsPass() {
        woven.patchable(Subject.class, "mixed").set(around("mixed"));
        long expected = -(-1 + Long.MAX_VALUE / 2 + 3 + 4 + 5 - 6 - 7 + 'c' + 1);

        assertThat(woven.call(
                        Subject.class,
                        "mixed",
                        -1,
                        Long.MAX_VALUE / 2,
                        3f,
                        4.0,
                        "12345",
                        (byte) -6,
                        (short) -7,
                        'c',
                        true))
                .isEqualTo(expected);
        for (String name : List.of(
                "aBoolean",
                "aByte",
                "aChar",
                "aShort",
                "anInt",
                "aLong",
                "aFloat",
                "aDouble",
                "aString",
                "anInteger")) {
            Object unused = woven.call(Subject.class, name); // so that its class may name what is not public
            woven.patchable(Subject.class, name).set(around(name));
        }
        assertThat(woven.call(Subject.class, "aBoolean")).isEqualTo(true);
        assertThat(woven.call(Subject.class, "aByte")).isEqualTo((byte) -1);
        assertThat(woven.call(Subject.class, "aChar")).isEqualTo('e');
        assertThat(woven.call(Subject.class, "aShort")).isEqualTo((short) -2);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(Integer.MIN_VALUE);
        assertThat(woven.call(Subject.class, "aLong")).isEqualTo(Long.MIN_VALUE);
        assertThat(woven.call(Subject.class, "aFloat")).isEqualTo(1.5f);
        assertThat(woven.call(Subject.class, "aDouble")).isEqualTo(-2.5);
        assertThat(woven.call(Subject.class, "aString")).isEqualTo("default!");
        assertThat(woven.call(Subject.class, "anInteger")).isEqualTo(-3);
    }

    @Test
    void anInterfaceThatNarrowsAnInheritedMethodHasBoth() {
        assertThat(woven.call(Subject.class, "aString")).isEqualTo("default");
        woven.patchable(Subject.class, "aString").set(around("narrowed"));

        assertThat(woven.call(Subject.class, "aString")).isEqualTo("defaultdefault");
    }

    @Test
    void anInterfaceThatNobodyElseMayNameIsRefusedBeforeTheFirstCall() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> woven.patchable(Subject.class, "aByte").set(around("aByte")))
                .withMessageContaining("make the interface public, or take a MethodHandle");
    }

    @Test
    void whatTheDefaultThrowsPassesThrough() throws Throwable {
        PatchableMethod failing = woven.patchable(Around.class, "failing");
        MethodHandle call = woven.lookup(Around.class)
                .findStatic(woven.copy(Around.class), "failing", methodType(int.class, int.class));

        failing.set(around("passing"));
        assertThatThrownBy(() -> call.invoke(3))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("default 3");
        failing.set(around("catching"));
        assertThat((int) call.invokeExact(3)).isEqualTo(-3);
    }

    @Test
    void anOverrideEndsAtTheTargetThatWasSet() {
        add.set(Target.constant(5));
        try (OverrideScope outer = add.override(around("add"))) {
            assertThat(add(6, 7)).isEqualTo(130);
            try (OverrideScope inner =
                    add.override(Target.around(AroundAdd.class, (original, a, b) -> -original.applyAsInt(a, b)))) {
                assertThat(add(6, 7))
                        .as("the default, and not the target below")
                        .isEqualTo(-13);
            }
            assertThat(add(6, 7)).isEqualTo(130);
        }
        assertThat(add(6, 7)).isEqualTo(5);
    }

    @Test
    void aPatchOfSeveralWrapsAllOrNone() {
        PatchableMethod aString = woven.patchable(Subject.class, "aString");
        Patch refused = new Patch().set(aString, around("aString")).set(add, around("ofText"));
        assertThatExceptionOfType(PatchException.class).isThrownBy(refused::apply);
        assertThat(woven.call(Subject.class, "aString")).isEqualTo("default");

        new Patch().set(aString, around("aString")).set(add, around("add")).apply();
        assertThat(woven.call(Subject.class, "aString")).isEqualTo("default!");
        assertThat(add(6, 7)).isEqualTo(130);
    }

    @Test
    void aTargetThatIsWrappedItselfGoesOnToItsOwnTarget() {
        PatchableMethod secret = woven.patchable(Subject.class, "secret");
        PatchableMethod target = woven.patchable(Targets.class, "secret");
        secret.set(Target.method(woven.copy(Targets.class), "secret"));
        target.set(
                Target.around(AroundSecret.class, (original, self, value) -> 100 + (int) original.invoke(self, value)));

        assertThat(woven.callOn(woven.make(Subject.class), "secret", 6)).isEqualTo(112);
    }

    @Test
    void aMethodThatIsPatchedAtItsCallsIsItsOwnDefault() throws Throwable {
        Weaving.declareSites(new Key("dev.repoint.fixture.Subject", "plain", "()I"));
        PatchableMethod plain = woven.patchable(Subject.class, "plain");
        plain.set(around("anInt"));

        assertThat((int) plain.target().orElseThrow().invokeExact()).isEqualTo(17 + Integer.MIN_VALUE);
    }

    @Test
    void aTargetInAnotherClassLoaderBringsItsOwnInterface() {
        Woven other = new Woven();
        woven.patchable(Subject.class, "mixed")
                .set(Target.parse("dev.repoint.fixture.Around.mixed").in(other));

        assertThat(woven.call(Subject.class, "mixed", 1, 2L, 0f, 0.0, "", (byte) 0, (short) 0, (char) 0, false))
                .isEqualTo(-3L);
    }

    @Test
    void aFirstParameterThatCannotReceiveTheDefaultIsRefused() {
        assertRefused("ofText", "receives the original, but has the type java.lang.String");
        assertRefused("ofOne", "IntUnaryOperator.applyAsInt, by which the target");
        assertRefused("tooFew", "give one that takes the original first");
        assertRefused("notStatic", "is not static; make it static");
        assertRefused("unmarked", "give a target of the same type");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.around(IntBinaryOperator.class, (a, b) -> a)))
                .withMessageContaining("give one that takes the original first");
        assertThat(add.state().changes()).isZero();
    }

    private void assertRefused(String name, String why) {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(around(name)))
                .withMessageStartingWith("dev.repoint.fixture.Subject.add(int,int)")
                .withMessageContaining(why);
    }

    @Test
    void aDefaultThatCannotBeCalledRefusesToBeWrapped() {
        Woven closed = new Woven().withoutClassFiles();
        closed.call(Subject.class, "add", 1, 2);
        PatchableMethod patchable = closed.patchable(Subject.class, "add");

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> patchable.set(Target.method(closed.copy(Around.class), "add")))
                .withMessageContaining("Subject.add(int,int): its default cannot be called: its class loader does");
        assertThat(closed.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }
}
