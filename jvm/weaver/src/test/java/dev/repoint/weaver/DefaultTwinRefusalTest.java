package dev.repoint.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.twin.Ledger;
import dev.repoint.PatchException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultTwinRefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        overridden | it calls com.acme.base.Base.overridden() with super
        superOfInterface | it calls com.acme.twin.Sums.label() with super
        inheritedProtected | it uses com.acme.base.Base.guarded, a protected member of another package
        inheritedProtectedStatic | it uses com.acme.base.Base.guardedStatic, a protected member of another package
        inheritedProtectedField | it uses com.acme.base.Base.field, a protected member of another package
        copy | it uses java.lang.Object.clone, a protected member of another package
        looksUp | it calls java.lang.invoke.MethodHandles.lookup(), and this checks its caller
        caller | it calls java.lang.StackWalker.getCallerClass(), and this checks its caller
        byName | it calls java.lang.Class.forName(java.lang.String), and this checks its caller
        reflects | it calls java.lang.reflect.Method.invoke(java.lang.Object,java.lang.Object[]), and this checks its caller
        lambda$reflectsByReference$0 | and this checks its caller
        serializable | it makes a serializable lambda
        """)
    void aBodyThatDependsOnItsClassIsRefusedWithTheReason(String name, String reason) {
        byte[] classFile = Throwaway.bytesOf(Ledger.class);
        String method = name.startsWith("lambda") ? lambdaOf(classFile, name) : name;
        String descriptor = Try.method(classFile, method).methodType().stringValue();

        assertThatThrownBy(() -> DefaultTwin.of(classFile, method, descriptor, Throwaway::bytesOf))
                .isInstanceOf(PatchException.class)
                .hasMessageStartingWith("com.acme.twin.Ledger." + method + "(")
                .hasMessageContaining("its default cannot be called")
                .hasMessageContaining(reason)
                .hasMessageMatching("[^\n]*\\(line \\d+\\)");
    }

    private static String lambdaOf(byte[] classFile, String name) {
        String start = name.substring(0, name.lastIndexOf('$'));
        return ClassFile.of().parse(classFile).methods().stream()
                .map(method -> method.methodName().stringValue())
                .filter(each -> each.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMissingClassIsNoReasonWhereItDoesNotMatter() {
        byte[] classFile = Throwaway.bytesOf(Ledger.class);

        assertThat(DefaultTwin.of(classFile, "sum", "(I[I)I", absent -> null)).isNotEmpty();
    }

    @Test
    void aMissingSuperclassIsAReasonWhereTheMemberMayBeItsProtectedOne() {
        byte[] classFile = Throwaway.bytesOf(Ledger.class);

        assertThatThrownBy(
                        () -> DefaultTwin.of(classFile, "inheritedProtected", "()Ljava/lang/String;", absent -> null))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("and this may be protected: class com.acme.base.Base was not found");
    }

    @Test
    void whatHasNoBodyIsRefused() {
        byte[] classFile = Throwaway.bytesOf(Ledger.class);

        assertThatThrownBy(() -> DefaultTwin.of(classFile, "<init>", "(Ljava/lang/String;I)V", Throwaway::bytesOf))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("no body");
        assertThatThrownBy(() -> DefaultTwin.of(classFile, "sum", "()V", Throwaway::bytesOf))
                .isInstanceOf(PatchException.class)
                .hasMessage("com.acme.twin.Ledger.sum(): the class declares no such method");
    }

    @Test
    void aClassFileWithoutStackMapFramesIsRefused() {
        byte[] old = ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(Throwaway.bytesOf(com.acme.Crc.class)),
                        ClassTransform.endHandler(type -> type.withVersion(50, 0)));

        assertThatThrownBy(() -> DefaultTwin.of(old, "noBranch", "(II)I", Throwaway::bytesOf))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("class file version 50 is below 51");
    }

    @Test
    void codeThatAnAgentHasPutBeforeThePrologueIsRefused() {
        byte[] woven = Weaver.of(Try.patchable("com.acme.Crc.noBranch"))
                .weave(Throwaway.bytesOf(com.acme.Crc.class), Throwaway::bytesOf, Phase.RETRANSFORM)
                .bytes();
        byte[] foreign = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .transformClass(
                        ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS).parse(woven),
                        ClassTransform.transformingMethodBodies(
                                method -> method.methodName().equalsString("noBranch"), new CodeTransform() {
                                    @Override
                                    public void atStart(java.lang.classfile.CodeBuilder code) {
                                        code.nop();
                                    }

                                    @Override
                                    public void accept(
                                            java.lang.classfile.CodeBuilder code,
                                            java.lang.classfile.CodeElement element) {
                                        code.with(element);
                                    }
                                }));

        assertThatThrownBy(() -> DefaultTwin.of(foreign, "noBranch", "(II)I", Throwaway::bytesOf))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("another agent has inserted code before its prologue");
    }
}
