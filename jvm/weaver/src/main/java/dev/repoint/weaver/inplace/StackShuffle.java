package dev.repoint.weaver.inplace;

import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.util.ArrayList;
import java.util.List;

/// The instructions that copy and drop stack elements (JVMS 6.5, `dup` to `swap`). Here a long or a double is one
/// value of two slots.
final class StackShuffle {

    private StackShuffle() {}

    /// Applies one of them.
    static void apply(FrameState state, Opcode opcode) {
        switch (opcode) {
            case POP -> take(state, 1);
            case POP2 -> take(state, 2);
            case DUP -> copy(state, 1, 0);
            case DUP_X1 -> copy(state, 1, 1);
            case DUP_X2 -> copy(state, 1, 2);
            case DUP2 -> copy(state, 2, 0);
            case DUP2_X1 -> copy(state, 2, 1);
            case DUP2_X2 -> copy(state, 2, 2);
            case SWAP -> {
                List<VerificationTypeInfo> top = take(state, 1);
                List<VerificationTypeInfo> below = take(state, 1);
                put(state, top);
                put(state, below);
            }
            default -> throw new IllegalArgumentException(opcode + " does not shuffle the stack");
        }
    }

    /// Inserts a copy of the top slots below other slots.
    private static void copy(FrameState state, int slots, int below) {
        List<VerificationTypeInfo> top = take(state, slots);
        List<VerificationTypeInfo> between = take(state, below);
        put(state, top);
        put(state, between);
        put(state, top);
    }

    /// Removes values of the given number of slots, the lowest first.
    private static List<VerificationTypeInfo> take(FrameState state, int slots) {
        List<VerificationTypeInfo> taken = new ArrayList<>();
        int left = slots;
        while (left > 0) {
            VerificationTypeInfo type = state.pop();
            left -= FrameState.isWide(type) ? 2 : 1;
            taken.add(0, type);
        }
        return taken;
    }

    private static void put(FrameState state, List<VerificationTypeInfo> types) {
        for (VerificationTypeInfo type : types) {
            state.push(type);
        }
    }
}
