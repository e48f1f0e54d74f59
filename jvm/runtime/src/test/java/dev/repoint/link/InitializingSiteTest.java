package dev.repoint.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.Key;
import dev.repoint.PatchableMethod;
import dev.repoint.Prologue;
import dev.repoint.Target;
import dev.repoint.Woven;
import dev.repoint.fixture.Caller;
import dev.repoint.fixture.Failing;
import dev.repoint.fixture.Journal;
import dev.repoint.fixture.Noisy;
import dev.repoint.fixture.Slow;
import dev.repoint.fixture.Stale;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import dev.repoint.fixture.Threads;
import dev.repoint.internal.agent.Weaving;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodTransform;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bridges of static calls: whatever the target, the first call initialises the class as the plain call does.
class InitializingSiteTest {

    private static final Class<?>[] OWNERS = {Noisy.class, Stale.class, Failing.class, Slow.class};

    private final Woven woven = new Woven(InitializingSiteTest::weave);

    private static byte[] weave(byte[] bytes) {
        String name = ClassFile.of().parse(bytes).thisClass().asInternalName().replace('/', '.');
        if (name.equals(Stale.class.getName())) {
            return laterVersion(bytes);
        }
        if (!name.equals(Caller.class.getName())) {
            return bytes;
        }
        byte[] bridged = bytes;
        for (Class<?> owner : OWNERS) {
            bridged = Prologue.bridge(bridged, owner.getName(), owner == Failing.class ? "add" : "next");
        }
        return Prologue.bridge(bridged, Subject.class.getName(), "greet");
    }

    /// The class with its method made private.
    private static byte[] laterVersion(byte[] bytes) {
        ClassTransform narrowed = ClassTransform.transformingMethods(
                method -> method.methodName().equalsString("next"),
                MethodTransform.endHandler(method -> method.withFlags(ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC)));
        return ClassFile.of().transformClass(ClassFile.of().parse(bytes), narrowed);
    }

    @BeforeEach
    void forget() {
        Journal.clear();
        declare(Noisy.class, "next", "(I)I");
        declare(Stale.class, "next", "(I)I");
        declare(Slow.class, "next", "(I)I");
        declare(Failing.class, "add", "(II)I");
        declare(Subject.class, "greet", "(Ljava/lang/String;)Ljava/lang/String;");
    }

    private static void declare(Class<?> owner, String name, String descriptor) {
        Weaving.declareSites(new Key(owner.getName(), name, descriptor));
    }

    @Test
    void aTargetThatWasSetBeforeTheClassWasInitialisedStillInitialisesIt() {
        woven.patchable(Noisy.class, "next").set(Target.of(IntUnaryOperator.class, value -> -value));
        assertThat(Journal.lines()).isEmpty();

        assertThat(woven.call(Caller.class, "next", 5)).isEqualTo(-5);
        assertThat(Journal.lines()).containsExactly("Noisy initialised");
        assertThat(woven.call(Caller.class, "next", 6)).isEqualTo(-6);
        assertThat(Journal.lines()).hasSize(1);
    }

    @Test
    void theDefaultInitialisesItByItself() {
        for (int i = 0; i < 3; i++) {
            assertThat(woven.call(Caller.class, "next", 5)).isEqualTo(6);
            assertThat(Journal.lines()).containsExactly("Noisy initialised");
        }
        PatchableMethod next = woven.patchable(Noisy.class, "next");
        next.set(Target.constant(1));
        assertThat(woven.call(Caller.class, "next", 5)).isEqualTo(1);
        next.reset();
        assertThat(woven.call(Caller.class, "next", 5)).isEqualTo(6);
    }

    @Test
    void aTargetThatIsSetAfterTheFirstCallIsReachedByTheSecond() {
        woven.call(Caller.class, "next", 5);
        woven.patchable(Noisy.class, "next").set(Target.constant(1));

        assertThat(woven.call(Caller.class, "next", 5)).isEqualTo(1);
    }

    @Test
    void aBridgeCountsAsALinkAndOnlyItsCallersAreLedElsewhere() {
        woven.call(Caller.class, "next", 5);
        PatchableMethod next = woven.patchable(Noisy.class, "next");
        next.set(Target.constant(1));

        assertThat(next.state().links()).isEqualTo(1);
        assertThat(woven.call(Noisy.class, "next", 5)).isEqualTo(6);
    }

    @Test
    void theDefaultHandleOfAMethodThatIsPatchedAtItsCallsDoesNotComeBack() throws Throwable {
        PatchableMethod next = woven.patchable(Noisy.class, "next");
        var plain = next.defaultHandle();
        next.set(Target.of(IntUnaryOperator.class, value -> {
            try {
                return 10 * (int) plain.invokeExact(value);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }));

        assertThat(woven.call(Caller.class, "next", 5)).isEqualTo(60);
    }

    @Test
    void anInitialiserThatFailsFailsTheCallsAsItDoesThePlainOnes() {
        Woven plain = new Woven(bytes -> bytes);
        PatchableMethod add = woven.patchable(Failing.class, "add");
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> 1));

        Function<Woven, String> call = loader -> {
            try {
                return "returned " + loader.call(Caller.class, "failing", 1, 2);
            } catch (Throwable e) {
                return e + " caused by " + e.getCause();
            }
        };
        for (int i = 0; i < 3; i++) {
            String expected = call.apply(plain);
            assertThat(expected).contains(i == 0 ? "ExceptionInInitializerError" : "NoClassDefFoundError");
            assertThat(call.apply(woven)).isEqualTo(expected);
        }
        add.reset();
        assertThat(call.apply(woven)).isEqualTo(call.apply(plain));
    }

    @Test
    void anInitialiserThatFailsFailsTheDefaultAsItDoesThePlainCall() {
        assertThatExceptionOfType(ExceptionInInitializerError.class)
                .isThrownBy(() -> woven.call(Caller.class, "failing", 1, 2))
                .withCauseInstanceOf(IllegalStateException.class);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(NoClassDefFoundError.class)
                    .isThrownBy(() -> woven.call(Caller.class, "failing", 1, 2))
                    .withMessageContaining("Could not initialize class " + Failing.class.getName());
        }
    }

    @Test
    void aMethodThatDoesNotLinkNeverInitialisesItsClass() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(IllegalAccessError.class).isThrownBy(() -> woven.call(Caller.class, "stale", 1));
            assertThat(Journal.lines()).isEmpty();
        }
        woven.patchable(Stale.class, "next").set(Target.constant(1));
        assertThatExceptionOfType(IllegalAccessError.class).isThrownBy(() -> woven.call(Caller.class, "stale", 1));
        assertThat(Journal.lines()).isEmpty();
    }

    @Test
    void aClassThatIsBeingInitialisedIsCalledByItsOwnThreadAndAwaitedByOthers() throws Exception {
        woven.patchable(Slow.class, "next").set(Target.of(IntUnaryOperator.class, value -> 100 * value));
        try (Threads threads = new Threads(2)) {
            Future<Object> first = threads.submit(() -> woven.call(Caller.class, "slow", 3));
            assertThat(Journal.latch("arrived").await(20, TimeUnit.SECONDS))
                    .as("the initialiser has begun: %s", first)
                    .isTrue();
            assertThat(Journal.lines()).containsExactly("Slow begins", "within: 100 and 200");

            Future<Object> second = threads.submit(() -> {
                Object result = woven.call(Caller.class, "slow", 4);
                Journal.write("second is through");
                return result;
            });
            assertThat(second.isDone()).isFalse();
            Journal.latch("released").countDown();
            assertThat(first.get()).isEqualTo(300);
            assertThat(second.get()).isEqualTo(400);
        }
        assertThat(Journal.lines())
                .containsExactly("Slow begins", "within: 100 and 200", "Slow ends", "second is through");
    }

    @Test
    void aCallWithAReceiverIsLedElsewhereFromItsFirstCall() {
        Object subject = woven.make(Subject.class);
        assertThat(woven.call(Caller.class, "greet", subject, "you")).isEqualTo("hello you");
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        greet.set(Target.method(woven.copy(Targets.class), "greet"));

        assertThat(woven.call(Caller.class, "greet", subject, "you")).isEqualTo("bye hello you");
        assertThat(woven.callOn(subject, "greet", "you")).isEqualTo("hello you");
        greet.reset();
        assertThat(woven.call(Caller.class, "greet", subject, "you")).isEqualTo("hello you");
    }

    @Test
    void aTextNamesATargetForASite() {
        woven.patchable(Noisy.class, "next")
                .set(Target.parse("java.lang.Math.abs").in(woven));
        assertThat(woven.call(Caller.class, "next", -5)).isEqualTo(5);
    }
}
