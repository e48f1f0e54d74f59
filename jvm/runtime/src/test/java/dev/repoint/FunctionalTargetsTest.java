package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Greeter;
import dev.repoint.fixture.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Lambdas, method references and other objects of functional interfaces as targets.
class FunctionalTargetsTest {

    private final Woven woven = new Woven();
    private final PatchableMethod add = woven.patchable(Subject.class, "add");

    /// An interface that others cannot name.
    private interface Secret {
        int apply(int a, int b);

        default int twice(int a) {
            return apply(a, a);
        }

        @Override
        boolean equals(Object other);
    }

    interface Narrowed extends Function<String, Object> {
        @Override
        Object apply(String value);
    }

    interface TwoMethods {
        int one(int a, int b);

        int two(int a, int b);
    }

    interface TwoOfOneName {
        int apply(String a);

        int apply(CharSequence a);
    }

    interface Mixed {
        long call(int i, long j, float f, double d, String l, byte b, short s, char c, boolean z);
    }

    @Test
    void aLambda() {
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> a ^ b));

        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(5);
        assertThat(add.targetName()).isEqualTo("an instance of java.util.function.IntBinaryOperator");
    }

    @Test
    void aLambdaThatCaptures() {
        AtomicInteger calls = new AtomicInteger();
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> a + b + calls.incrementAndGet()));

        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(10);
        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(11);
    }

    @Test
    void twoLambdasOfOneInterfaceAreTwoTargets() {
        PatchableMethod anInt = woven.patchable(Subject.class, "anInt");
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> 1));
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> 2));
        anInt.set(Target.of(IntSupplier.class, () -> 3));

        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(2);
        assertThat(woven.call(Subject.class, "anInt")).isEqualTo(3);
    }

    @Test
    void aMethodReference() {
        add.set(Target.of(IntBinaryOperator.class, Math::max));

        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(6);
    }

    @Test
    void anObjectOfAnOrdinaryClass() {
        class Sum implements IntBinaryOperator {
            @Override
            public int applyAsInt(int left, int right) {
                return -left - right;
            }
        }
        add.set(Target.of(IntBinaryOperator.class, new Sum()));

        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(-9);
    }

    @Test
    void anInterfaceThatOnlyTheTestCanSee() {
        add.set(Target.of(Secret.class, (a, b) -> a * b));

        assertThat(woven.call(Subject.class, "add", 6, 3)).isEqualTo(18);
    }

    @Test
    void aGenericInterface() {
        PatchableMethod string = woven.patchable(Subject.class, "aString");
        Supplier<String> supplier = () -> "supplied";
        string.set(Target.of(Supplier.class, supplier));
        assertThat(woven.call(Subject.class, "aString")).isEqualTo("supplied");

        PatchableMethod anything = woven.patchable(Subject.class, "anything");
        UnaryOperator<Object> operator = value -> value + "!";
        anything.set(Target.of(UnaryOperator.class, operator));
        assertThat(woven.call(Subject.class, "anything", "so")).isEqualTo("so!");
    }

    @Test
    void aGenericInterfaceWithAReceiver() {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        BiFunction<Object, String, String> function =
                (subject, name) -> subject.getClass().getSimpleName() + name;
        greet.set(Target.of(BiFunction.class, function));

        assertThat(woven.callOn(woven.make(Subject.class), "greet", "!")).isEqualTo("Subject!");
    }

    @Test
    void aGenericInterfaceThatReturnsAnotherTypeFailsAtTheCallAsTheCompilerWouldHaveIt() {
        PatchableMethod string = woven.patchable(Subject.class, "aString");
        Supplier<Integer> wrong = () -> 5;
        string.set(Target.of(Supplier.class, wrong));

        assertThatExceptionOfType(ClassCastException.class)
                .isThrownBy(() -> woven.call(Subject.class, "aString"))
                .withMessageContaining("java.lang.Integer")
                .withMessageContaining("java.lang.String");
    }

    @Test
    void anInterfaceThatNarrowsAGenericOne() {
        PatchableMethod anything = woven.patchable(Subject.class, "anything");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> anything.set(Target.of(Narrowed.class, value -> value.length())))
                .withMessageContaining("(java.lang.Object)java.lang.Object")
                .withMessageContaining("(java.lang.String)java.lang.Object");

        PatchableMethod lengthOf = woven.patchable(Subject.class, "lengthOf");
        ToIntFunction<String> length = String::length;
        lengthOf.set(Target.of(ToIntFunction.class, length));
        assertThat(woven.call(Subject.class, "lengthOf", "four")).isEqualTo(4);
    }

    @Test
    void aConsumerForAMethodThatReturnsNothing() {
        PatchableMethod log = woven.patchable(Subject.class, "log");
        Consumer<List<String>> consumer = list -> list.add("consumer");
        log.set(Target.of(Consumer.class, consumer));
        List<String> to = new java.util.ArrayList<>();
        woven.call(Subject.class, "log", to);

        assertThat(to).containsExactly("consumer");
    }

    @Test
    void everyArgumentArrivesWhateverItsSize() {
        PatchableMethod mixed = woven.patchable(Subject.class, "mixed");
        Object[] arguments = {1, 2L << 40, 4f, 8d, "sixteen", (byte) -32, (short) 64, 'x', true};
        long plain = (long) woven.call(Subject.class, "mixed", arguments);
        mixed.set(Target.of(
                Mixed.class,
                (i, j, f, d, l, b, s, c, z) -> -(i + j + (long) f + (long) d + l.length() + b + s + c + (z ? 1 : 0))));

        assertThat(woven.call(Subject.class, "mixed", arguments)).isEqualTo(-plain);
    }

    @Test
    void anExceptionOfTheTargetReachesTheCaller() {
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> {
            throw new IllegalStateException("target");
        }));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> woven.call(Subject.class, "add", 1, 2))
                .withMessage("target");
    }

    @Test
    void whatIsNoFunctionalInterfaceIsRefused() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.of(Integer.class, 5)))
                .withMessageContaining("java.lang.Integer is not an interface");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.of(Cloneable.class, new int[0])))
                .withMessageContaining("no abstract method");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.of(TwoMethods.class, new TwoMethods() {
                    @Override
                    public int one(int a, int b) {
                        return 1;
                    }

                    @Override
                    public int two(int a, int b) {
                        return 2;
                    }
                })))
                .withMessageContaining("one")
                .withMessageContaining("two");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> woven.patchable(Subject.class, "lengthOf")
                        .set(Target.of(TwoOfOneName.class, new TwoOfOneName() {
                            @Override
                            public int apply(String a) {
                                return 1;
                            }

                            @Override
                            public int apply(CharSequence a) {
                                return 2;
                            }
                        })))
                .withMessageContaining("is not a functional interface");
        assertThat(add.state().changes()).isZero();
    }

    @Test
    void anInterfaceOfAnotherTypeIsRefusedWithBothTypes() {
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.of(IntUnaryOperator.class, a -> a)))
                .withMessageContaining("dev.repoint.fixture.Subject.add(int,int) has the type (int,int)int")
                .withMessageContaining("java.util.function.IntUnaryOperator.applyAsInt has (int)int");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.of(BinaryOperator.class, (a, b) -> a)))
                .withMessageContaining("(java.lang.Object,java.lang.Object)java.lang.Object");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.of(Comparator.class, Comparator.naturalOrder())))
                .withMessageContaining("java.util.Comparator.compare");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> woven.patchable(Subject.class, "greet").set(Target.of(Greeter.class, name -> name)))
                .withMessageContaining("the receiver is its first parameter");

        assertThat(add.isDefault()).isTrue();
        assertThat(add.state().changes()).isZero();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void anObjectOfAnotherClassIsRefused() {
        assertThatExceptionOfType(ClassCastException.class)
                .isThrownBy(() -> add.override(Target.of((Class) IntBinaryOperator.class, "no")));
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> add.set(Target.of(IntBinaryOperator.class, (IntBinaryOperator) null)))
                .withMessage("implementation");
        assertThat(add.state().changes()).isZero();
    }
}
