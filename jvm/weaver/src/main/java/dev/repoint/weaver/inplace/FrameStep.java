package dev.repoint.weaver.inplace;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.MethodTypeDesc;

/// Changes the types of locals and stack as one instruction does (JVMS 4.10.1.9).
final class FrameStep {

    private static final VerificationTypeInfo INT = SimpleVerificationTypeInfo.INTEGER;

    private FrameStep() {}

    /// Applies an instruction.
    ///
    /// @param here a label before it
    /// @return whether execution can continue at the next instruction
    static boolean apply(FrameState state, Instruction instruction, Label here) {
        Opcode opcode = instruction.opcode();
        switch (opcode.kind()) {
            case LOAD -> state.push(state.load(((LoadInstruction) instruction).slot()));
            case STORE -> state.store(((StoreInstruction) instruction).slot(), state.pop());
            case INCREMENT, NOP -> {}
            case CONSTANT -> state.push(constant((ConstantInstruction) instruction));
            case CONVERT -> {
                state.pop();
                state.push(FrameState.ofDescriptor(descriptor(((ConvertInstruction) instruction).toType())));
            }
            case OPERATOR -> operate(state, opcode);
            case STACK -> StackShuffle.apply(state, ((StackInstruction) instruction).opcode());
            case ARRAY_LOAD -> loadElement(state, (ArrayLoadInstruction) instruction);
            case ARRAY_STORE -> pop(state, 3);
            case FIELD_ACCESS -> accessField(state, (FieldInstruction) instruction);
            case INVOKE -> invoke(state, (InvokeInstruction) instruction);
            case INVOKE_DYNAMIC ->
                call(state, ((InvokeDynamicInstruction) instruction).type().stringValue());
            case NEW_OBJECT -> state.push(UninitializedVerificationTypeInfo.of(here));
            case NEW_PRIMITIVE_ARRAY -> {
                state.pop();
                state.push(FrameState.ofDescriptor(
                        "[" + descriptor(((NewPrimitiveArrayInstruction) instruction).typeKind())));
            }
            case NEW_REF_ARRAY -> {
                state.pop();
                state.push(FrameState.ofDescriptor(
                        "[" + descriptor(((NewReferenceArrayInstruction) instruction).componentType())));
            }
            case NEW_MULTI_ARRAY -> {
                NewMultiArrayInstruction array = (NewMultiArrayInstruction) instruction;
                pop(state, array.dimensions());
                state.push(ObjectVerificationTypeInfo.of(array.arrayType()));
            }
            case TYPE_CHECK -> {
                state.pop();
                state.push(
                        opcode == Opcode.INSTANCEOF
                                ? INT
                                : ObjectVerificationTypeInfo.of(((TypeCheckInstruction) instruction).type()));
            }
            case MONITOR -> state.pop();
            case BRANCH -> {
                return branch(state, opcode);
            }
            case LOOKUP_SWITCH, TABLE_SWITCH, RETURN, THROW_EXCEPTION -> {
                return false;
            }
            case DISCONTINUED_JSR, DISCONTINUED_RET ->
                throw new IllegalArgumentException(opcode + " in a class file that may not have it");
        }
        return true;
    }

    private static boolean branch(FrameState state, Opcode opcode) {
        return switch (opcode) {
            case GOTO, GOTO_W -> false;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> {
                state.pop();
                yield true;
            }
            default -> {
                pop(state, 2);
                yield true;
            }
        };
    }

    private static void operate(FrameState state, Opcode opcode) {
        switch (opcode) {
            case INEG, LNEG, FNEG, DNEG -> {}
            case ARRAYLENGTH -> {
                state.pop();
                state.push(INT);
            }
            case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> {
                pop(state, 2);
                state.push(INT);
            }
            default -> state.pop(); // what is left is the first operand, whose type the result has
        }
    }

    private static void loadElement(FrameState state, ArrayLoadInstruction instruction) {
        state.pop();
        VerificationTypeInfo array = state.pop();
        if (instruction.opcode() != Opcode.AALOAD) {
            state.push(FrameState.ofDescriptor(descriptor(instruction.typeKind())));
        } else if (array instanceof ObjectVerificationTypeInfo type) {
            state.push(FrameState.ofDescriptor(type.className().asInternalName().substring(1)));
        } else {
            state.push(SimpleVerificationTypeInfo.NULL);
        }
    }

    private static void accessField(FrameState state, FieldInstruction instruction) {
        String type = instruction.type().stringValue();
        switch (instruction.opcode()) {
            case GETSTATIC -> state.push(FrameState.ofDescriptor(type));
            case GETFIELD -> {
                state.pop();
                state.push(FrameState.ofDescriptor(type));
            }
            case PUTFIELD -> pop(state, 2);
            default -> state.pop();
        }
    }

    private static void invoke(FrameState state, InvokeInstruction instruction) {
        String descriptor = checked(instruction.type().stringValue());
        if (instruction.opcode() == Opcode.INVOKESTATIC) {
            call(state, descriptor);
            return;
        }
        MethodShape shape = MethodShape.of(descriptor, "");
        pop(state, shape.arguments().size());
        VerificationTypeInfo receiver = state.pop();
        if (instruction.name().equalsString("<init>")) {
            state.initialised(receiver, ObjectVerificationTypeInfo.of(instruction.owner()));
        }
        pushResult(state, shape);
    }

    private static void call(FrameState state, String descriptor) {
        MethodShape shape = MethodShape.of(checked(descriptor), "");
        pop(state, shape.arguments().size());
        pushResult(state, shape);
    }

    private static void pushResult(FrameState state, MethodShape shape) {
        if (!shape.result().equals("V")) {
            state.push(FrameState.ofDescriptor(shape.result()));
        }
    }

    private static VerificationTypeInfo constant(ConstantInstruction instruction) {
        if (instruction.opcode() == Opcode.ACONST_NULL) {
            return SimpleVerificationTypeInfo.NULL;
        }
        return instruction instanceof LoadConstantInstruction load
                ? loaded(load.constantEntry())
                : FrameState.ofDescriptor(descriptor(instruction.typeKind()));
    }

    private static VerificationTypeInfo loaded(LoadableConstantEntry constant) {
        return FrameState.ofDescriptor(
                switch (constant.tag()) {
                    case PoolEntry.TAG_INTEGER -> "I";
                    case PoolEntry.TAG_FLOAT -> "F";
                    case PoolEntry.TAG_LONG -> "J";
                    case PoolEntry.TAG_DOUBLE -> "D";
                    case PoolEntry.TAG_STRING -> "Ljava/lang/String;";
                    case PoolEntry.TAG_CLASS -> "Ljava/lang/Class;";
                    case PoolEntry.TAG_METHOD_HANDLE -> "Ljava/lang/invoke/MethodHandle;";
                    case PoolEntry.TAG_METHOD_TYPE -> "Ljava/lang/invoke/MethodType;";
                    default -> ((ConstantDynamicEntry) constant).type().stringValue();
                });
    }

    private static String descriptor(java.lang.classfile.TypeKind kind) {
        return kind.upperBound().descriptorString();
    }

    private static String descriptor(ClassEntry type) {
        return MethodShape.descriptorOf(type.asInternalName());
    }

    private static void pop(FrameState state, int count) {
        for (int i = 0; i < count; i++) {
            state.pop();
        }
    }

    /// @throws IllegalArgumentException if the descriptor is malformed
    private static String checked(String descriptor) {
        return MethodTypeDesc.ofDescriptor(descriptor).descriptorString();
    }
}
