package dev.repoint.weaver.weave;

import static dev.repoint.weaver.weave.Try.patchable;
import static dev.repoint.weaver.weave.Try.weave;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Crc;
import com.acme.Shaped;
import com.acme.twin.Ledger;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.WeaveResult;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EntryRefusalTest {

    @Test
    void aConstructorIsRefused() {
        assertThat(refusal("com.acme.Crc.<init>", Throwaway.bytesOf(Crc.class))).contains("constructor");
    }

    @Test
    void aNativeMethodIsRefused() {
        assertThat(refusal("com.acme.Crc.nothing", Throwaway.bytesOf(Crc.class)))
                .contains("native")
                .contains("sites");
    }

    @Test
    void anAbstractMethodIsRefused() {
        assertThat(refusal("com.acme.Shaped.sides", Throwaway.bytesOf(Shaped.class)))
                .contains("abstract");
    }

    @Test
    void anEmptyFinalizerIsRefused() {
        assertThat(refusal("com.acme.Crc.finalize", Throwaway.bytesOf(Crc.class)))
                .contains("finalizer");
    }

    @Test
    void anIntrinsicIsRefused() {
        assertThat(refusal("java.lang.Math.max(int,int)", Throwaway.bytesOf(Math.class)))
                .contains("intrinsic");
    }

    @Test
    void aCallerSensitiveMethodIsRefused() {
        assertThat(refusal("java.lang.Class.forName(String)", Throwaway.bytesOf(Class.class)))
                .contains("caller-sensitive");
    }

    @Test
    void aSignaturePolymorphicMethodIsRefused() {
        assertThat(refusal("java.lang.invoke.MethodHandle.invokeExact", Throwaway.bytesOf(MethodHandle.class)))
                .contains("signature-polymorphic");
    }

    @Test
    void aMethodWithTooManyArgumentsIsRefused() {
        assertThat(refusal("com.acme.Made.m", with127Longs(0)))
                .isEqualTo("its arguments take 255 slots; a target can get at most 254");
    }

    @Test
    void aMethodWithTheMostArgumentsIsPatched() {
        WeaveResult result = weave(patchable("com.acme.Made.m"), with127Longs(ClassFile.ACC_STATIC), Phase.LOAD);

        assertThat(result.entries()).hasSize(1);
        new Throwaway().with("com.acme.Made", result.bytes()).load("com.acme.Made");
    }

    @Test
    void aMethodThatWouldPassTheLimitOfClassFilesIsRefused() {
        assertThat(refusal("com.acme.Made.m", withCodeOf(65_530))).contains("65535");
    }

    @Test
    void aMethodThatHotSpotWouldNoLongerCompileIsRefused() {
        assertThat(refusal("com.acme.Made.m", withCodeOf(7_990))).contains("8000");
    }

    @Test
    void aMethodThatHotSpotNeverCompiledIsPatched() {
        WeaveResult result = weave(patchable("com.acme.Made.m"), withCodeOf(8_001), Phase.LOAD);

        assertThat(result.entries()).hasSize(1);
    }

    @Test
    void aClassFileWithoutInvokedynamicIsRefused() {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withVersion(50, 0)
                                .withMethodBody(
                                        "m", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, CodeBuilder::return_));

        assertThat(refusal("com.acme.Made.m", bytes)).contains("version 50").contains("invokedynamic");
    }

    @Test
    void aMethodWhoseTwinHasNoPlaceIsRefused() {
        byte[] plain = Throwaway.bytesOf(Ledger.class);
        byte[] bytes = ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(plain),
                        ClassTransform.endHandler(type -> type.withMethodBody(
                                "repoint$default$caller",
                                MethodTypeDesc.of(ClassDesc.of("java.lang.Class")),
                                ClassFile.ACC_STATIC,
                                code -> code.aconst_null().areturn())));

        assertThat(refusal("com.acme.twin.Ledger.caller", bytes))
                .isEqualTo("the class already has a method repoint$default$caller of that type");
        assertThat(weave(patchable("com.acme.twin.Ledger.caller"), bytes, Phase.RETRANSFORM)
                        .entries())
                .hasSize(1);
    }

    @Test
    void aMethodThatIsCalledAsCompilersCallTheirsIsNotInTheWay() {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withMethodBody(
                                        "m", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, CodeBuilder::return_)
                                .withMethodBody(
                                        "m$default",
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_STATIC,
                                        CodeBuilder::return_));

        WeaveResult result = weave(patchable("com.acme.Made.m"), bytes, Phase.LOAD);
        assertThat(result.entries()).hasSize(1);
        assertThat(result.rejections()).isEmpty();
    }

    @Test
    void whatACompilerMadeIsLeftUnlessItIsNamed() {
        WeaveResult all = weave(patchable("com.acme.Crc.**"), Crc.class, Phase.LOAD);
        WeaveResult named =
                weave(patchable("com.acme.Crc.lambda$generic$0", "com.acme.Crc.compareTo"), Crc.class, Phase.LOAD);
        WeaveResult bridge = weave(patchable("com.acme.Crc.compareTo(Object)"), Crc.class, Phase.LOAD);

        assertThat(all.entries()).noneMatch(entry -> entry.key().name().startsWith("lambda$"));
        assertThat(all.rejections())
                .noneMatch(rejection -> rejection.key().name().startsWith("lambda$"));
        assertThat(named.entries())
                .extracting(entry -> entry.key().text())
                .containsExactlyInAnyOrder(
                        "com.acme.Crc.compareTo(com.acme.Crc)", "com.acme.Crc.lambda$generic$0(java.util.List)");
        assertThat(bridge.entries())
                .extracting(entry -> entry.key().text())
                .containsExactly("com.acme.Crc.compareTo(java.lang.Object)");
    }

    /// Of 254 slots of arguments, and one more for the receiver.
    private static byte[] with127Longs(int flags) {
        ClassDesc[] longs = Collections.nCopies(127, ConstantDescs.CD_long).toArray(ClassDesc[]::new);
        return ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withMethodBody(
                                "m",
                                MethodTypeDesc.of(ConstantDescs.CD_void, longs),
                                ClassFile.ACC_PUBLIC | flags,
                                CodeBuilder::return_));
    }

    private static byte[] withCodeOf(int length) {
        Consumer<CodeBuilder> code = builder -> {
            for (int i = 1; i < length; i++) {
                builder.nop();
            }
            builder.return_();
        };
        return ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Made"),
                        type -> type.withMethodBody("m", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code));
    }

    private static String refusal(String pattern, byte[] classFile) {
        WeaveResult result = weave(patchable(pattern), classFile, Phase.LOAD);
        assertThat(result.bytes()).isSameAs(classFile);
        assertThat(result.rejections()).hasSize(1);
        return result.rejections().getFirst().reason();
    }
}
