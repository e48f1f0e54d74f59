package dev.repoint.it.table;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_int;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.KeyPattern;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Class files of earlier versions: before 51 there is no `invokedynamic`, so they are reported and left as
/// they are.
class OldClassFilesTest {

    private static final ClassDesc OLD = ClassDesc.of("dev.repoint.it.table.generated.Old");
    private static final MethodTypeDesc INT_TO_INT = MethodTypeDesc.of(CD_int, CD_int);
    private static final List<KeyPattern> ALL = List.of(KeyPattern.parse("**"));

    /// `call(int)` calls `twice(int)`; in the versions that have subroutines, by way of one.
    private static byte[] classFile(int version) {
        return ClassFile.of(StackMapsOption.DROP_STACK_MAPS)
                .build(
                        OLD,
                        old -> old.withVersion(version, version == 45 ? 3 : 0)
                                .withFlags(ACC_PUBLIC | ClassFile.ACC_SUPER)
                                .withMethodBody(
                                        "twice",
                                        INT_TO_INT,
                                        ACC_PUBLIC | ACC_STATIC,
                                        code -> code.iload(0).iconst_2().imul().ireturn())
                                .withMethodBody(
                                        "call", INT_TO_INT, ACC_PUBLIC | ACC_STATIC, code -> body(code, version < 50)));
    }

    private static void body(CodeBuilder code, boolean bySubroutine) {
        if (!bySubroutine) {
            code.iload(0).invokestatic(OLD, "twice", INT_TO_INT).ireturn();
            return;
        }
        Label subroutine = code.newLabel();
        code.with(DiscontinuedInstruction.JsrInstruction.of(subroutine));
        code.iload(1).ireturn();
        code.labelBinding(subroutine)
                .astore(2)
                .iload(0)
                .invokestatic(OLD, "twice", INT_TO_INT)
                .istore(1);
        code.with(DiscontinuedInstruction.RetInstruction.of(2));
    }

    private static Class<?> define(byte[] bytes) {
        return new ClassLoader(OldClassFilesTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(null, bytes, 0, bytes.length);
            }
        }.define();
    }

    @ParameterizedTest
    @ValueSource(ints = {45, 46, 47, 48, 49, 50})
    void whatHasNoInvokedynamicIsReportedAndLeftAsItIs(int version) throws ReflectiveOperationException {
        byte[] bytes = classFile(version);
        assertThat(define(bytes).getMethod("call", int.class).invoke(null, 21)).isEqualTo(42);

        for (Phase phase : Phase.values()) {
            Selection entries = new Selection(ALL, true, List.of(), List.of(), List.of());
            WeaveResult byEntry = Weaver.of(entries).weave(bytes, name -> null, phase);
            assertThat(byEntry.changed()).isFalse();
            assertThat(byEntry.bytes()).isSameAs(bytes);
            assertThat(byEntry.rejections())
                    .extracting(rejection -> rejection.key().name())
                    .contains("twice", "call");
            assertThat(byEntry.rejections())
                    .allMatch(rejection -> rejection.reason().contains("version " + version)
                            && rejection.reason().contains("invokedynamic"));

            Selection calls = new Selection(List.of(), false, ALL, List.of(), List.of());
            WeaveResult byCall = Weaver.of(calls).weave(bytes, name -> null, phase);
            assertThat(byCall.bytes()).isSameAs(bytes);
            assertThat(byCall.rejections()).singleElement().satisfies(rejection -> {
                assertThat(rejection.key().name()).isEqualTo("twice");
                assertThat(rejection.reason()).contains("version " + version);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Weave.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PLAIN", "FIELDS", "FIELDS_IN_PLACE"})
    void theFirstVersionWithInvokedynamicIsWoven(Weave weave) throws ReflectiveOperationException {
        byte[] bytes = classFile(51);
        WeaveResult woven = weave.apply(bytes, name -> null);
        assertThat(woven.changed()).isTrue();
        assertThat(woven.rejections()).isEmpty();

        Class<?> old = define(woven.bytes());
        assertThat(old.getMethod("call", int.class).invoke(null, 21)).isEqualTo(42);
        Repoint.find(MethodHandles.lookup(), old, "twice").set(Target.constant(-1));
        assertThat(old.getMethod("call", int.class).invoke(null, 21)).isEqualTo(-1);
        Repoint.find(MethodHandles.lookup(), old, "twice").reset();
        assertThat(old.getMethod("call", int.class).invoke(null, 21)).isEqualTo(42);
    }
}
