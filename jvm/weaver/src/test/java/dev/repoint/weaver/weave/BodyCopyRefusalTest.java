package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.twin.Ledger;
import dev.repoint.internal.classfile.Body;
import dev.repoint.internal.classfile.BodyCopy;
import dev.repoint.internal.classfile.UncopiableException;
import dev.repoint.weaver.Phase;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import org.junit.jupiter.api.Test;

/// Bodies that work only in their own class.
class BodyCopyRefusalTest {

    @Test
    void aBodyThatLooksAtItsCallersIsRefused() {
        assertRefused(
                Throwaway.bytesOf(Ledger.class),
                "caller",
                "()Ljava/lang/Class;",
                "it calls java.lang.StackWalker.getCallerClass, and this looks at the calling frames");
    }

    @Test
    void whatHasNoBodyIsNoBody() {
        byte[] classFile = Throwaway.bytesOf(Ledger.class);

        assertThat(Bodies.of(classFile, "sum", "()V")).isNull();
        assertThat(Bodies.of(Throwaway.bytesOf(Runnable.class), "run", "()V")).isNull();
    }

    @Test
    void damagedClassFilesAreRefusedAndNothingElseHappens() {
        byte[] plain = Throwaway.bytesOf(Ledger.class);
        for (int at = 0; at < plain.length; at += 3) {
            byte[] damaged = plain.clone();
            damaged[at] ^= (byte) 0x81;
            try {
                Body body = Bodies.of(damaged, "caught", "(I)Ljava/lang/String;");
                if (body != null) {
                    byte[] unused = BodyCopy.of(body, Bodies.LINK_PACKAGE, none -> false, null);
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException | UncopiableException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private static void assertRefused(byte[] classFile, String name, String descriptor, String reason) {
        Body body = Bodies.of(classFile, name, descriptor);
        assertThatThrownBy(() -> BodyCopy.of(body, Bodies.LINK_PACKAGE, none -> false, null))
                .isInstanceOf(UncopiableException.class)
                .hasMessage(reason);
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

        assertRefused(foreign, "noBranch", "(II)I", "another agent has inserted code before its prologue");
    }
}
