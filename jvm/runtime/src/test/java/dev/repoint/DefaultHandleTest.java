package dev.repoint;

import static java.lang.invoke.MethodType.methodType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Hierarchy;
import dev.repoint.fixture.Subject;
import dev.repoint.internal.agent.Weaving;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/// Targets that call the default without coming back to themselves.
class DefaultHandleTest {

    private final Woven woven = new Woven();
    private final PatchableMethod add = woven.patchable(Subject.class, "add");

    @Test
    void aTargetCallsTheDefaultWithoutComingBackToItself() {
        MethodHandle plain = add.defaultHandle();
        AtomicInteger calls = new AtomicInteger();
        add.set(Target.of(IntBinaryOperator.class, (a, b) -> {
            calls.incrementAndGet();
            try {
                return 10 * (int) plain.invokeExact(a, b);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }));

        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(130);
        assertThat(calls).hasValue(1);
    }

    @Test
    void theDefaultOfAnInstanceMethodTakesTheReceiver() throws Throwable {
        PatchableMethod greet = woven.patchable(Subject.class, "greet");
        MethodHandle plain = greet.defaultHandle();
        assertThat(plain.type()).isEqualTo(greet.type());

        greet.set(Target.of(BiFunction.class, (self, name) -> {
            try {
                return "<" + plain.invoke(self, name) + ">";
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }));
        assertThat(woven.callOn(woven.make(Subject.class), "greet", "you")).isEqualTo("<hello you>");
    }

    @Test
    void theDefaultMayItselfBeTheTarget() {
        add.set(Target.of(add.defaultHandle()));
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
        assertThat(add.isDefault()).isFalse();
    }

    @Test
    void theDefaultOfAMethodOfVariableArityTakesTheArray() throws Throwable {
        MethodHandle plain = woven.patchable(Subject.class, "joined").defaultHandle();
        assertThat(plain.isVarargsCollector()).isFalse();
        assertThat((String) plain.invokeExact(new String[] {"a", "b"})).isEqualTo("a+b");
    }

    @Test
    void theDefaultIsTheSameWhateverIsSet() throws Throwable {
        add.set(Target.constant(5));
        assertThat((int) add.defaultHandle().invokeExact(6, 7)).isEqualTo(13);
    }

    @Test
    void aClassWhoseLoaderGivesNoClassFileHasNoDefaultToCallUnlessAnAgentGivesIt() {
        Woven closed = new Woven().withoutClassFiles();
        closed.call(Subject.class, "add", 1, 2);
        PatchableMethod patchable = closed.patchable(Subject.class, "add");
        patchable.set(Target.constant(5));
        assertThat(closed.call(Subject.class, "add", 6, 7)).isEqualTo(5);

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(patchable::defaultHandle)
                .withMessageContaining("Subject.add(int,int): its default cannot be called: its class loader does not"
                        + " give its class file, dev/repoint/fixture/Subject.class");
    }

    @Test
    void theDefaultOfAMethodThatIsPatchedAtItsCallsIsTheMethod() throws Throwable {
        Weaving.declareSites(new Key("dev.repoint.fixture.Subject", "plain", "()I"));

        assertThat((int) woven.patchable(Subject.class, "plain").defaultHandle().invokeExact())
                .isEqualTo(17);
    }

    @Test
    void aMethodAndItsBridgeHaveADefaultEach() throws Throwable {
        MethodHandles.Lookup lookup = woven.lookup(Hierarchy.class);
        Class<?> owner = woven.copy(Hierarchy.class);
        PatchableMethod method = Repoint.find(lookup, owner, "get", methodType(String.class));
        PatchableMethod bridge = Repoint.find(lookup, owner, "get", methodType(Object.class));
        Object hierarchy = woven.make(Hierarchy.class);
        method.set(Target.constant("target"));

        assertThat((Object) method.defaultHandle().invoke(hierarchy)).isEqualTo("get base");
        assertThat((Object) bridge.defaultHandle().invoke(hierarchy)).isEqualTo("target");
        assertThat(bridge.key()).isNotEqualTo(method.key());
    }
}
