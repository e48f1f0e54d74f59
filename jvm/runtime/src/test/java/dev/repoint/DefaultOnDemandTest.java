package dev.repoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.repoint.fixture.Around;
import dev.repoint.fixture.Subject;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The class file from which a default is copied has to be the one that was woven.
class DefaultOnDemandTest {

    private static final byte[] PLAIN = Woven.bytes(Subject.class);

    private final Woven woven = new Woven();

    /// The class, compiled from another source: it multiplies.
    private static byte[] other() {
        CodeTransform multiplies = (code, element) -> {
            if (element instanceof java.lang.classfile.instruction.OperatorInstruction operator
                    && operator.opcode() == Opcode.IADD) {
                code.imul();
            } else {
                code.with(element);
            }
        };
        return ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(PLAIN),
                        ClassTransform.transformingMethodBodies(
                                method -> method.methodName().equalsString("add"), multiplies));
    }

    @Test
    void aClassThatWasWovenBeforeGivesItsOwnFile() throws Throwable {
        woven.call(Subject.class, "add", 1, 2);

        assertThat((int) woven.patchable(Subject.class, "add").defaultHandle().invokeExact(6, 7))
                .isEqualTo(13);
    }

    @Test
    void aClassThatWasWovenAsItWasLoadedGivesTheFileBeforeWeaving() throws Throwable {
        woven.withClassFile(Subject.class, PLAIN);
        woven.call(Subject.class, "add", 1, 2);

        assertThat((int) woven.patchable(Subject.class, "add").defaultHandle().invokeExact(6, 7))
                .isEqualTo(13);
    }

    @Test
    void aFileThatWasCompiledAgainIsRefused() {
        woven.withClassFile(Subject.class, Prologue.weave(other()));
        woven.call(Subject.class, "add", 1, 2);
        PatchableMethod add = woven.patchable(Subject.class, "add");

        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> add.set(Target.method(woven.copy(Around.class), "add")))
                .withMessageStartingWith("dev.repoint.fixture.Subject.add(int,int)")
                .withMessageContaining("its class was loaded from another class file than"
                        + " dev/repoint/fixture/Subject.class, which its class loader gives now");
        assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
    }

    @Test
    void aFileThatTurnsOutToBeAnotherLeadsToTheDefault() {
        woven.withClassFile(Subject.class, Prologue.weave(other()));
        woven.patchable(Subject.class, "add").set(Target.method(woven.copy(Around.class), "add"));
        try (Logged logged = new Logged()) {
            assertThat(woven.call(Subject.class, "add", 6, 7)).isEqualTo(13);
            assertThat(logged.lines())
                    .singleElement()
                    .asString()
                    .contains("Subject.add(int,int) leads to its default", "from another class file");
        }
    }

    @Test
    void aMethodIsFoundBeforeItsFirstCallOnlyIfItsClassFileIsThere() {
        Woven closed = new Woven().withoutClassFiles();
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> closed.patchable(Subject.class, "add"))
                .withMessageContaining("call it once first: its class loader does not give its class file");
        closed.call(Subject.class, "add", 1, 2);
        closed.patchable(Subject.class, "add").set(Target.constant(5));
        assertThat(closed.call(Subject.class, "add", 6, 7)).isEqualTo(5);
    }

    @Test
    void aDefaultIsCopiedOnce() {
        PatchableMethod add = woven.patchable(Subject.class, "add");
        assertThat(add.defaultHandle()).isSameAs(add.defaultHandle());
    }

    @Test
    void reflectionShowsNoAdditionToTheClass() {
        assertThat(Arrays.stream(woven.copy(Subject.class).getDeclaredMethods()).map(Method::getName))
                .noneMatch(name -> name.startsWith("repoint$"));
    }
}
