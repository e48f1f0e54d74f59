package dev.repoint.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import dev.repoint.shape.Shape;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;

/// Code that was woven in format 2 has a twin of each method, and no fingerprint.
class Format2Test {

    private static final MethodType TYPE = MethodType.methodType(int.class);

    private static MethodHandles.Lookup woven() throws IllegalAccessException {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_int);
        ClassDesc shape = ClassDesc.ofDescriptor('L' + Shape.nameOf("()I", true) + ';');
        DynamicCallSiteDesc question = DynamicCallSiteDesc.of(
                ConstantDescs.ofCallsiteBootstrap(
                        ClassDesc.of(MethodLink.class.getName()),
                        "entry",
                        ConstantDescs.CD_CallSite,
                        ConstantDescs.CD_Object),
                "answer",
                MethodTypeDesc.of(ConstantDescs.CD_Object),
                "()I");
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(Format2Test.class.getPackageName(), "Old"),
                        old -> old.withVersion(ClassFile.JAVA_17_VERSION, 0)
                                .withMethodBody("answer", type, ClassFile.ACC_STATIC, code -> {
                                    Label body = code.newLabel();
                                    code.invokedynamic(question)
                                            .dup()
                                            .ifnull(body)
                                            .checkcast(shape);
                                    code.invokeinterface(shape, Shape.METHOD, type)
                                            .ireturn();
                                    code.labelBinding(body)
                                            .pop()
                                            .loadConstant(42)
                                            .ireturn();
                                })
                                .withMethodBody(
                                        "repoint$default$answer",
                                        type,
                                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                                        code -> code.loadConstant(42).ireturn()));
        return MethodHandles.lookup().defineHiddenClass(bytes, true);
    }

    @Test
    void itLinksAndItsTwinIsTheDefault() throws Throwable {
        MethodHandles.Lookup old = woven();
        MethodHandle answer = old.findStatic(old.lookupClass(), "answer", TYPE);
        PatchableMethod patchable = Repoint.find(old, old.lookupClass(), "answer");

        patchable.set(Target.constant(5));
        assertThat((int) answer.invokeExact()).isEqualTo(5);
        assertThat((int) patchable.defaultHandle().invokeExact()).isEqualTo(42);
        patchable.reset();
        assertThat((int) answer.invokeExact()).isEqualTo(42);
    }
}
