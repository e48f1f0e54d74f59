package dev.repoint.weaver.rules;

import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayList;
import java.util.List;

/// One instruction of a body, to compare the body with a pattern.
///
/// @param does its effect
/// @param opcode its opcode
/// @param operand the variable of a load or store, or the constant of a field access or call; 0 for others
public record Step(Effect does, int opcode, int operand) {

    /// What patterns distinguish.
    public enum Effect {
        LOAD,
        STORE,
        FIELD,
        CALL,
        RETURN,
        OTHER
    }

    /// The instructions of a method, without those that do nothing.
    ///
    /// @param most a longer body counts as an empty one
    public static List<Step> of(MethodView method, int most) {
        List<Step> steps = new ArrayList<>();
        InstructionCursor at = method.instructions();
        while (at.next()) {
            if (at.opcode() != InstructionCursor.NOP) {
                steps.add(of(at));
                if (steps.size() > most) {
                    return List.of();
                }
            }
        }
        return steps;
    }

    /// Whether it loads a variable.
    public boolean loads() {
        return does == Effect.LOAD;
    }

    /// Whether it stores into a variable.
    public boolean stores() {
        return does == Effect.STORE;
    }

    /// Whether it calls a method.
    public boolean calls() {
        return does == Effect.CALL;
    }

    /// Whether it returns.
    public boolean returns() {
        return does == Effect.RETURN;
    }

    /// Whether it reads a field.
    public boolean reads() {
        return opcode == InstructionCursor.GETFIELD || opcode == InstructionCursor.GETSTATIC;
    }

    private static Step of(InstructionCursor at) {
        int opcode = at.opcode();
        if (at.isLoad()) {
            return new Step(Effect.LOAD, opcode, at.variable());
        }
        if (at.isStore()) {
            return new Step(Effect.STORE, opcode, at.variable());
        }
        if (opcode >= InstructionCursor.GETSTATIC && opcode <= InstructionCursor.PUTFIELD) {
            return new Step(Effect.FIELD, opcode, at.constant());
        }
        if (opcode >= InstructionCursor.INVOKEVIRTUAL && opcode <= InstructionCursor.INVOKEINTERFACE) {
            return new Step(Effect.CALL, opcode, at.constant());
        }
        return new Step(at.isReturn() ? Effect.RETURN : Effect.OTHER, opcode, 0);
    }
}
