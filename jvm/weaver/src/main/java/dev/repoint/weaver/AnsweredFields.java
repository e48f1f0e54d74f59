package dev.repoint.weaver;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashSet;
import java.util.Set;

/// Recognises uses of fields that were patched in place before: `invokedynamic readable; ifeq L; ... L: getstatic`,
/// and `invokedynamic enter; istore; putstatic`.
///
/// The caller passes the elements of one body in order.
final class AnsweredFields {

    private enum Step {
        NONE,
        ASKED,
        ENTERED,
        AT_ORIGINAL
    }

    private final Set<Label> originals = new HashSet<>();
    private Step step = Step.NONE;

    /// Takes the next element.
    ///
    /// @return whether it is the original instruction of a patched use
    boolean accept(CodeElement element) {
        if (element instanceof LabelTarget target && originals.contains(target.label())) {
            step = Step.AT_ORIGINAL;
        }
        if (!(element instanceof Instruction instruction)) {
            return false;
        }
        boolean answered = step == Step.AT_ORIGINAL;
        step = after(instruction);
        return answered;
    }

    private Step after(Instruction instruction) {
        if (instruction instanceof InvokeDynamicInstruction indy) {
            return switch (LinkCalls.roleOf(indy.invokedynamic())) {
                case READABLE -> Step.ASKED;
                case ENTER -> Step.ENTERED;
                case ENTRY, SITE, FIELD, OTHER -> Step.NONE;
            };
        }
        if (step == Step.ASKED
                && instruction.opcode() == Opcode.IFEQ
                && instruction instanceof BranchInstruction branch) {
            originals.add(branch.target());
        }
        return step == Step.ENTERED && instruction instanceof StoreInstruction ? Step.AT_ORIGINAL : Step.NONE;
    }
}
