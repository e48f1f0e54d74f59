package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixture.Noisy;
import dev.repoint.fixture.Subject;
import dev.repoint.fixture.Targets;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;

/// A woven class file may be defined as a hidden class, by a program that makes its own.
class HiddenOwnerTest {

    private static final MethodType TYPE = MethodType.methodType(int.class, int.class);

    private final Woven woven = new Woven();

    private MethodHandles.Lookup hidden() throws IllegalAccessException {
        return MethodHandles.lookup().defineHiddenClass(renamed(), false);
    }

    /// The fixture under a name in the package of this test, as hidden classes share the package of who defines
    /// them.
    private static byte[] renamed() {
        byte[] plain = Prologue.weave(Woven.bytes(Noisy.class));
        var file = java.lang.classfile.ClassFile.of();
        var mapper = java.lang.classfile.ClassTransform.ACCEPT_ALL;
        return file.transformClass(
                file.parse(plain), java.lang.constant.ClassDesc.of("dev.repoint.HiddenNoisy"), mapper);
    }

    @Test
    void itsMethodsArePatchable() throws Throwable {
        MethodHandles.Lookup hidden = hidden();
        MethodHandle next = hidden.findStatic(hidden.lookupClass(), "next", TYPE);
        assertThat((int) next.invokeExact(1)).isEqualTo(2);

        PatchableMethod patchable = Repoint.find(hidden, hidden.lookupClass(), "next");
        assertThat(patchable.key()).isEqualTo(new Key("dev.repoint.HiddenNoisy", "next", "(I)I"));
        patchable.set(Target.constant(5));
        assertThat((int) next.invokeExact(1)).isEqualTo(5);
        patchable.set(Target.of(MethodHandles.lookup().findStatic(Math.class, "abs", TYPE)));
        assertThat((int) next.invokeExact(-9)).isEqualTo(9);
        patchable.reset();
        assertThat((int) next.invokeExact(1)).isEqualTo(2);
    }

    @Test
    void itsMethodsAreTargets() throws Throwable {
        MethodHandles.Lookup hidden = hidden();
        PatchableMethod polled = woven.patchable(Subject.class, "polled");
        polled.set(Target.of(hidden.findStatic(hidden.lookupClass(), "next", TYPE)));

        assertThat(woven.call(Subject.class, "polled", 1)).isEqualTo(2);
        assertThat(woven.copy(Targets.class)).isNotNull();
    }
}
