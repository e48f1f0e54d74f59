package dev.repoint;

import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import dev.repoint.link.MethodLink;
import dev.repoint.shape.Shape;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/// Writes what the weaver writes, by the book: prologues and bridges. The runtime's tests stand on
/// their own feet with it, and two independent readings of the contract meet.
public final class Prologue {

    private static final ClassDesc CD_LINK = ClassDesc.of(MethodLink.class.getName());
    private static final ClassDesc CD_Patchable = ClassDesc.of(Patchable.class.getName());

    private Prologue() {}

    /// Gives the annotated methods of a class their prologue.
    public static byte[] weave(byte[] classFile) {
        CRC32 crc = new CRC32();
        crc.update(classFile);
        int fingerprint = (int) crc.getValue();
        ClassModel model = ClassFile.of().parse(classFile);
        return ClassFile.of().transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method && annotation(method).isPresent()) {
                patch(builder, model, method, annotation(method).get(), fingerprint);
            } else {
                builder.with(element);
            }
        });
    }

    /// Sends the calls that a class makes of a method through a bridge.
    public static byte[] bridge(byte[] classFile, String owner, String name) {
        ClassModel model = ClassFile.of().parse(classFile);
        ClassDesc self = model.thisClass().asSymbol();
        String bridge = "repoint$" + name + "$" + owner.substring(owner.lastIndexOf('.') + 1);
        boolean[] written = new boolean[1];
        return ClassFile.of().transformClass(model, (builder, element) -> {
            if (!(element instanceof MethodModel method)) {
                builder.with(element);
                return;
            }
            builder.transformMethod(method, MethodTransform.transformingCode((code, instruction) -> {
                if (instruction instanceof InvokeInstruction call
                        && call.owner().asSymbol().equals(ClassDesc.of(owner))
                        && call.name().equalsString(name)) {
                    MethodTypeDesc type = bridgeType(call);
                    code.invokestatic(self, bridge, type);
                    if (!written[0]) {
                        written[0] = true;
                        builder.withMethodBody(
                                bridge, type, ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, body -> bridgeBody(body, call));
                    }
                } else {
                    code.with(instruction);
                }
            }));
        });
    }

    private static void patch(
            ClassBuilder builder, ClassModel model, MethodModel method, Annotation annotation, int fingerprint) {
        boolean isStatic = (method.flags().flagsMask() & ACC_STATIC) != 0;
        String name = method.methodName().stringValue();
        MethodTypeDesc type = method.methodTypeSymbol();
        MethodTypeDesc whole =
                isStatic ? type : type.insertParameterTypes(0, model.thisClass().asSymbol());
        DynamicCallSiteDesc question = question(bootstrapOf(annotation), name, type.descriptorString(), fingerprint);
        builder.transformMethod(method, MethodTransform.transformingCode(new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                diversion(code, question, whole, type.descriptorString(), isStatic);
            }

            @Override
            public void accept(CodeBuilder code, java.lang.classfile.CodeElement element) {
                code.with(element);
            }
        }));
    }

    private static void bridgeBody(CodeBuilder code, InvokeInstruction call) {
        boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
        MethodTypeDesc whole = bridgeType(call);
        DynamicCallSiteDesc question = question(
                isStatic ? "staticSite" : "site",
                call.name().stringValue(),
                call.owner().asInternalName().replace('/', '.'),
                call.type().stringValue());
        diversion(code, question, whole, call.type().stringValue(), isStatic);
        load(code, whole);
        code.with(call);
        code.return_(TypeKind.from(whole.returnType()));
    }

    /// The question, and the way to the target if there is one; behind it the default follows.
    private static void diversion(
            CodeBuilder code, DynamicCallSiteDesc question, MethodTypeDesc whole, String descriptor, boolean isStatic) {
        ClassDesc shape = ClassDesc.ofDescriptor('L' + Shape.nameOf(descriptor, isStatic) + ';');
        Label body = code.newLabel();
        code.invokedynamic(question).dup().ifnull(body).checkcast(shape);
        load(code, whole);
        code.invokeinterface(
                shape, Shape.METHOD, MethodTypeDesc.ofDescriptor(Shape.callDescriptor(descriptor, isStatic)));
        if (!whole.returnType().isPrimitive()) {
            code.checkcast(whole.returnType());
        }
        code.return_(TypeKind.from(whole.returnType())).labelBinding(body).pop();
    }

    private static void load(CodeBuilder code, MethodTypeDesc whole) {
        int slot = 0;
        for (ClassDesc parameter : whole.parameterList()) {
            TypeKind kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }

    private static MethodTypeDesc bridgeType(InvokeInstruction call) {
        MethodTypeDesc type = call.typeSymbol();
        return call.opcode() == Opcode.INVOKESTATIC
                ? type
                : type.insertParameterTypes(0, call.owner().asSymbol());
    }

    /// The bootstrap methods of entries take their constants as an array.
    private static DynamicCallSiteDesc question(String bootstrap, String name, ConstantDesc... arguments) {
        ClassDesc[] types = new ClassDesc[arguments.length];
        Arrays.fill(types, ConstantDescs.CD_Object);
        MethodTypeDesc type = bootstrap.equals("entry") || bootstrap.equals("pointerEntry")
                ? ConstantDescs.ofCallsiteBootstrap(
                                CD_LINK, bootstrap, ConstantDescs.CD_CallSite, ConstantDescs.CD_Object.arrayType())
                        .invocationType()
                : ConstantDescs.ofCallsiteBootstrap(CD_LINK, bootstrap, ConstantDescs.CD_CallSite, types)
                        .invocationType();
        DirectMethodHandleDesc method =
                MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, CD_LINK, bootstrap, type);
        return DynamicCallSiteDesc.of(method, name, MethodTypeDesc.of(ConstantDescs.CD_Object), arguments);
    }

    private static String bootstrapOf(Annotation annotation) {
        boolean pointer = annotation.elements().stream()
                .anyMatch(element -> element.value() instanceof AnnotationValue.OfEnum mode
                        && mode.constantName().equalsString(Mode.POINTER.name()));
        return pointer ? "pointerEntry" : "entry";
    }

    private static Optional<Annotation> annotation(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> annotation.classSymbol().equals(CD_Patchable))
                .findFirst();
    }
}
