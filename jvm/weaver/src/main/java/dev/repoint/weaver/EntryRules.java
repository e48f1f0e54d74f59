package dev.repoint.weaver;

import dev.repoint.shape.Shape;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.reflect.AccessFlag;
import org.jspecify.annotations.Nullable;

/// Which methods can be given a patchable entry, and why not.
final class EntryRules {

    /// The first class file version with `invokedynamic` (Java 7).
    static final int LEAST_VERSION = 51;

    private EntryRules() {}

    /// Why a method cannot be patched at its entry.
    ///
    /// @param withTwin whether it is to get a twin
    /// @return one line, or null if it can
    static @Nullable String refusal(ClassModel owner, MethodModel method, boolean withTwin) {
        String name = method.methodName().stringValue();
        if (name.startsWith("<")) {
            return name.equals("<init>")
                    ? "a constructor cannot be patched: its object is not initialised where the prologue would run"
                    : "a class initialiser cannot be patched: it has no callers";
        }
        if (method.flags().has(AccessFlag.NATIVE)) {
            return SignaturePolymorphic.is(owner, method)
                    ? "a signature-polymorphic method cannot be patched: each call has a type of its own"
                    : "a native method has no body to patch; patch its calls (sites)";
        }
        if (method.flags().has(AccessFlag.ABSTRACT)) {
            return "an abstract method has no body to patch; patch its calls (sites)";
        }
        CodeAttribute code = method.findAttribute(Attributes.code()).orElse(null);
        if (code == null) {
            return "the method has no body to patch";
        }
        String annotated = refusalByAnnotation(method);
        if (annotated != null) {
            return annotated;
        }
        if (owner.majorVersion() < LEAST_VERSION) {
            return "class file version " + owner.majorVersion() + " has no invokedynamic: at least " + LEAST_VERSION
                    + " (Java 7) is needed; compile it again";
        }
        return refusalByForm(owner, method, code, withTwin);
    }

    private static @Nullable String refusalByForm(
            ClassModel owner, MethodModel method, CodeAttribute code, boolean withTwin) {
        String name = method.methodName().stringValue();
        String descriptor = method.methodType().stringValue();
        int slots = Shape.slots(descriptor, method.flags().has(AccessFlag.STATIC));
        if (slots > Shape.MAX_SLOTS) {
            return "its arguments take " + slots + " slots, and at most " + Shape.MAX_SLOTS + " can be passed on";
        }
        if (isEmptyFinalizer(name, descriptor, code)) {
            return "an empty finalizer cannot be patched: with a body, every instance would be put up for finalization";
        }
        if (withTwin && Twins.nameIsTaken(owner, name, descriptor)) {
            return "the class already has a method " + Twins.nameOf(name) + " of that type";
        }
        return CodeSize.refusal(code, Prologue.length(shapeOf(owner, method)));
    }

    /// The shape of a method of a class.
    static MethodShape shapeOf(ClassModel owner, MethodModel method) {
        return MethodShape.of(
                method.methodType().stringValue(),
                method.flags().has(AccessFlag.STATIC)
                        ? ""
                        : MethodShape.descriptorOf(owner.thisClass().asInternalName()));
    }

    private static @Nullable String refusalByAnnotation(MethodModel method) {
        RuntimeVisibleAnnotationsAttribute annotations =
                method.findAttribute(Attributes.runtimeVisibleAnnotations()).orElse(null);
        if (annotations == null) {
            return null;
        }
        for (Annotation annotation : annotations.annotations()) {
            if (annotation.className().equalsString("Ljdk/internal/vm/annotation/IntrinsicCandidate;")) {
                return "an intrinsic of the virtual machine ignores its body; patch its calls (sites)";
            }
            if (annotation.className().equalsString("Ljdk/internal/reflect/CallerSensitive;")) {
                return "a caller-sensitive method depends on who calls it; patch its calls (sites)";
            }
        }
        return null;
    }

    /// HotSpot registers instances for finalization unless `finalize` does nothing but return.
    private static boolean isEmptyFinalizer(String name, String descriptor, CodeAttribute code) {
        return name.equals("finalize") && descriptor.equals("()V") && code.codeLength() == Opcode.RETURN.sizeIfFixed();
    }
}
