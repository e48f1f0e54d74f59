package dev.repoint.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceScanTest {

    private static final ClassDesc SELF = ClassDesc.of("com.acme.Shop");

    @Test
    void aPlainClassNeedsNoAgent() {
        ReferenceScan scan = scan(code -> code.getstatic(ClassDesc.of("java.lang.System"), "out", SELF)
                .getstatic(SELF, "mine", ConstantDescs.CD_int)
                .ldc(1L)
                .ldc(2.0)
                .ldc("L")
                .ldc("dev/repoint/"));

        assertThat(scan.namesRuntime()).isFalse();
        assertThat(scan.usesFieldsOfOthers()).isFalse();
    }

    @Test
    void anAnnotationIsSeen() {
        byte[] bytes = ClassFile.of()
                .build(
                        SELF,
                        type -> type.withField(
                                "fast",
                                ConstantDescs.CD_int,
                                field -> field.with(RuntimeVisibleAnnotationsAttribute.of(
                                        Annotation.of(ClassDesc.of("dev.repoint.Patchable"))))));

        assertThat(new ReferenceScan(bytes).namesRuntime()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/repoint/Repoint",
                "dev/repoint/link/MethodLink",
                "dev/repoint/shape/Shape__L",
                "dev/repoint/internal/point/Point",
                "dev/repoint/jmx/Patchables",
                "dev.repoint.Repoint",
                "Ldev/repoint/Patchable;"
            })
    void aClassOfTheRuntimeIsSeen(String name) {
        assertThat(scan(code -> code.ldc(name)).namesRuntime()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/repoint",
                "dev/repoint/shop/Cart",
                "dev.repoint.shop.Cart",
                "dev/repoint2/Repoint",
                "dev",
                ""
            })
    void aClassOfTheProgramIsNoneOfTheRuntime(String name) {
        assertThat(scan(code -> code.ldc(name)).namesRuntime()).isFalse();
    }

    @Test
    void aFieldOfAnotherClassIsSeen() {
        ClassDesc other = ClassDesc.of("com.acme.Flags");

        assertThat(scan(code -> code.getstatic(other, "fast", ConstantDescs.CD_int))
                        .usesFieldsOfOthers())
                .isTrue();
    }

    @Test
    void aFieldThatIsInheritedIsSeen() {
        byte[] bytes = ClassFile.of().build(SELF, type -> {
            type.withSuperclass(ClassDesc.of("com.acme.Flags"));
            method(type::withMethodBody, code -> code.getstatic(SELF, "fast", ConstantDescs.CD_int));
        });

        assertThat(new ReferenceScan(bytes).usesFieldsOfOthers()).isTrue();
    }

    @Test
    void aDamagedClassFileDoesNoHarm() {
        byte[] whole = ClassFile.of()
                .build(
                        SELF,
                        type -> method(
                                type::withMethodBody,
                                code -> code.getstatic(ClassDesc.of("com.acme.Flags"), "fast", ConstantDescs.CD_int)));
        for (int length = 0; length < whole.length; length++) {
            boolean unused = new ReferenceScan(Arrays.copyOf(whole, length)).usesFieldsOfOthers();
        }
        for (int i = 0; i < whole.length; i++) {
            for (int value = 0; value < 256; value++) {
                byte[] damaged = whole.clone();
                damaged[i] = (byte) value;
                boolean unused = new ReferenceScan(damaged).usesFieldsOfOthers();
            }
        }
    }

    private static ReferenceScan scan(Consumer<CodeBuilder> body) {
        return new ReferenceScan(ClassFile.of().build(SELF, type -> method(type::withMethodBody, body)));
    }

    private interface Methods {
        Object add(String name, MethodTypeDesc type, int flags, Consumer<? super CodeBuilder> body);
    }

    private static void method(Methods methods, Consumer<CodeBuilder> body) {
        Object unused = methods.add("run", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code -> {
            body.accept(code);
            code.return_();
        });
    }
}
