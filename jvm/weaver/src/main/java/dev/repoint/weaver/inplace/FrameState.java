package dev.repoint.weaver.inplace;

import java.lang.classfile.ClassModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/// The types of locals and stack at one point of a body.
///
/// A local is one slot. A long or a double needs a second slot, and this slot is unusable. On the stack each value
/// is one element.
final class FrameState {

    private final VerificationTypeInfo self;
    private final List<VerificationTypeInfo> locals = new ArrayList<>();
    private final List<VerificationTypeInfo> stack = new ArrayList<>();

    private FrameState(VerificationTypeInfo self) {
        this.self = self;
    }

    /// The types at the start of a method.
    static FrameState atStart(ClassModel owner, MethodModel method) {
        VerificationTypeInfo self = ObjectVerificationTypeInfo.of(owner.thisClass());
        FrameState state = new FrameState(self);
        boolean constructor =
                method.methodName().equalsString("<init>") && owner.superclass().isPresent();
        for (String argument : MethodShape.of(owner, method).arguments()) {
            state.addLocal(ofDescriptor(argument));
        }
        if (constructor) {
            state.locals.set(0, SimpleVerificationTypeInfo.UNINITIALIZED_THIS);
        }
        return state;
    }

    /// The type of a value with a given field descriptor.
    static VerificationTypeInfo ofDescriptor(String descriptor) {
        return switch (MethodShape.kind(descriptor)) {
            case LONG -> SimpleVerificationTypeInfo.LONG;
            case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
            case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
            case REFERENCE -> ObjectVerificationTypeInfo.of(ClassDesc.ofDescriptor(descriptor));
            case INT, BOOLEAN, BYTE, CHAR, SHORT, VOID -> SimpleVerificationTypeInfo.INTEGER;
        };
    }

    /// Whether a value takes two slots.
    static boolean isWide(VerificationTypeInfo type) {
        return type == SimpleVerificationTypeInfo.LONG || type == SimpleVerificationTypeInfo.DOUBLE;
    }

    /// Takes the types of a frame of the original.
    void set(StackMapFrameInfo frame) {
        locals.clear();
        for (VerificationTypeInfo type : frame.locals()) {
            addLocal(type);
        }
        stack.clear();
        stack.addAll(frame.stack());
    }

    /// A frame with these types.
    StackMapFrameInfo frame(Label label, List<VerificationTypeInfo> extra) {
        List<VerificationTypeInfo> frameLocals = new ArrayList<>();
        for (int slot = 0; slot < locals.size(); slot++) {
            VerificationTypeInfo type = locals.get(slot);
            frameLocals.add(type);
            slot += isWide(type) ? 1 : 0;
        }
        int last = frameLocals.size() - 1;
        while (last >= 0 && frameLocals.get(last) == SimpleVerificationTypeInfo.TOP) {
            frameLocals.remove(last--);
        }
        List<VerificationTypeInfo> frameStack = new ArrayList<>(stack);
        frameStack.addAll(extra);
        return StackMapFrameInfo.of(label, frameLocals, frameStack);
    }

    void push(VerificationTypeInfo type) {
        stack.add(type);
    }

    /// @throws IllegalArgumentException if the stack is empty, as in code that does not verify
    VerificationTypeInfo pop() {
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("an instruction takes from an empty stack");
        }
        return stack.remove(stack.size() - 1);
    }

    VerificationTypeInfo load(int slot) {
        if (slot >= locals.size()) {
            throw new IllegalArgumentException("an instruction loads the unset local " + slot);
        }
        return locals.get(slot);
    }

    void store(int slot, VerificationTypeInfo type) {
        int end = slot + (isWide(type) ? 2 : 1);
        while (locals.size() < end) {
            locals.add(SimpleVerificationTypeInfo.TOP);
        }
        if (slot > 0 && isWide(locals.get(slot - 1))) {
            locals.set(slot - 1, SimpleVerificationTypeInfo.TOP);
        }
        locals.set(slot, type);
        if (end == slot + 2) {
            locals.set(slot + 1, SimpleVerificationTypeInfo.TOP);
        }
    }

    /// Notes the end of a constructor: its object is initialised, in all locals and stack elements.
    ///
    /// @param object the argument of the constructor
    /// @param created the class of the object, if it is not the class itself
    void initialised(VerificationTypeInfo object, VerificationTypeInfo created) {
        VerificationTypeInfo now = object == SimpleVerificationTypeInfo.UNINITIALIZED_THIS ? self : created;
        locals.replaceAll(type -> type.equals(object) ? now : type);
        stack.replaceAll(type -> type.equals(object) ? now : type);
    }

    private void addLocal(VerificationTypeInfo type) {
        locals.add(type);
        if (isWide(type)) {
            locals.add(SimpleVerificationTypeInfo.TOP);
        }
    }
}
