package dev.repoint.weaver;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import org.jspecify.annotations.Nullable;

/// A method as read by the class-file library.
record ModelFacts(ClassModel model, MethodModel method) implements MethodFacts {

    /// The maximum growth of a switch when it moves: it is aligned to four bytes.
    private static final int SWITCH_PADDING = 3;

    @Override
    public String owner() {
        return model.thisClass().asInternalName();
    }

    @Override
    public int majorVersion() {
        return model.majorVersion();
    }

    @Override
    public String name() {
        return method.methodName().stringValue();
    }

    @Override
    public String descriptor() {
        return method.methodType().stringValue();
    }

    @Override
    public int flags() {
        return method.flags().flagsMask();
    }

    @Override
    public int codeLength() {
        CodeAttribute code = code();
        return code == null ? -1 : code.codeLength();
    }

    @Override
    public int padding() {
        int padding = 0;
        CodeAttribute code = code();
        if (code != null) {
            for (CodeElement element : code) {
                if (element instanceof TableSwitchInstruction || element instanceof LookupSwitchInstruction) {
                    padding += SWITCH_PADDING;
                }
            }
        }
        return padding;
    }

    @Override
    public boolean carries(String annotation) {
        RuntimeVisibleAnnotationsAttribute annotations =
                method.findAttribute(Attributes.runtimeVisibleAnnotations()).orElse(null);
        if (annotations != null) {
            for (Annotation each : annotations.annotations()) {
                if (each.className().equalsString(annotation)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean hasSibling(String name, String descriptor) {
        for (MethodModel other : model.methods()) {
            if (other.methodType().equalsString(descriptor)
                    && other.methodName().equalsString(name)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable CodeAttribute code() {
        return method.findAttribute(Attributes.code()).orElse(null);
    }
}
