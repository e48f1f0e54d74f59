package dev.repoint.weaver.weave;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// A class that calls an inherited protected member through a constant that names the superclass.
final class Narrowing {

    private Narrowing() {}

    static byte[] classFile() {
        ClassDesc base = ClassDesc.of("com.acme.base.Base");
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_int);
        return ClassFile.of()
                .build(
                        ClassDesc.of("com.acme.Narrowed"),
                        narrowed -> narrowed.withSuperclass(base)
                                .withMethodBody(
                                        "m",
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .iconst_1()
                                                .invokevirtual(base, "guarded", type)
                                                .pop()
                                                .return_()));
    }
}
