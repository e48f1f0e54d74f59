package dev.repoint.bench.startup;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.repoint.bench.Jars;
import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.ConstantCallSite;

/// The program with an `invokedynamic` before the code of its method, whose bootstrap method is one of the program and
/// returns a constant. No code that links by `invokedynamic` starts in less time.
final class LinkedHello {

    private static final ClassDesc SELF = Hello.class.describeConstable().orElseThrow();
    private static final ClassDesc CALL_SITE =
            ConstantCallSite.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc CONSTANT = MethodTypeDesc.of(CD_MethodHandle, CD_Class, CD_Object);

    /// Of the type for which the JVM has the code in its archive.
    private static final DirectMethodHandleDesc LINK = MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            SELF,
            "link",
            MethodTypeDesc.of(CD_CallSite, CD_MethodHandles_Lookup, CD_String, CD_MethodType, CD_Object.arrayType()));

    private static final CodeTransform PROLOGUE = new CodeTransform() {
        @Override
        public void atStart(CodeBuilder code) {
            code.invokedynamic(DynamicCallSiteDesc.of(LINK, "greeting", MethodTypeDesc.of(CD_Object)))
                    .pop();
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    };

    private LinkedHello() {}

    /// Its class file.
    static byte[] classFile() throws IOException {
        ClassFile format = ClassFile.of();
        ClassTransform prologue = LinkedHello::addPrologue;
        return format.transformClass(
                format.parse(Jars.classFile(Hello.class)),
                prologue.andThen(ClassTransform.endHandler(LinkedHello::addLink)));
    }

    private static void addPrologue(ClassBuilder to, ClassElement element) {
        if (element instanceof MethodModel method && method.methodName().equalsString("greeting")) {
            to.transformMethod(method, MethodTransform.transformingCode(PROLOGUE));
        } else {
            to.with(element);
        }
    }

    private static void addLink(ClassBuilder to) {
        to.withMethodBody(
                LINK.methodName(),
                LINK.invocationType(),
                ClassFile.ACC_STATIC | ClassFile.ACC_VARARGS,
                code -> code.new_(CALL_SITE)
                        .dup()
                        .ldc(CD_Object)
                        .aconst_null()
                        .invokestatic(CD_MethodHandles, "constant", CONSTANT)
                        .invokespecial(CALL_SITE, "<init>", MTD_void.insertParameterTypes(0, CD_MethodHandle))
                        .areturn());
    }
}
