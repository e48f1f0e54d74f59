package dev.repoint.weaver;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.util.HashSet;
import java.util.Set;

/// Recognises uses that were patched before: calls in place, `invokedynamic site; dup; ifnull L; ... L: pop; call`,
/// and references to bridges, `invokedynamic; ldc original; pop`.
///
/// The caller passes the elements of one body in order.
final class Answered {

    private enum Step {
        NONE,
        ASKED,
        COPIED,
        AT_ORIGINAL,
        POPPED,
        REFERRED
    }

    private final Set<Label> originals = new HashSet<>();
    /// Whether the current element is woven code for the target. Calls in such code are no sites.
    private boolean onTarget;
    private Step step = Step.NONE;

    /// Takes the next element.
    ///
    /// @return whether it is the original call or the original handle of a patched site
    boolean accept(CodeElement element) {
        if (element instanceof LabelTarget target && originals.contains(target.label())) {
            step = Step.AT_ORIGINAL;
            onTarget = false;
        }
        if (!(element instanceof Instruction instruction)) {
            return false;
        }
        boolean answered =
                onTarget || step == Step.POPPED || step == Step.REFERRED && instruction instanceof ConstantInstruction;
        step = after(instruction);
        return answered;
    }

    private Step after(Instruction instruction) {
        if (instruction instanceof InvokeDynamicInstruction indy) {
            return afterDynamic(indy);
        }
        if (step == Step.ASKED && instruction.opcode() == Opcode.DUP) {
            return Step.COPIED;
        }
        if (step == Step.COPIED
                && instruction.opcode() == Opcode.IFNULL
                && instruction instanceof BranchInstruction branch) {
            originals.add(branch.target());
            onTarget = true;
        }
        return step == Step.AT_ORIGINAL && instruction.opcode() == Opcode.POP ? Step.POPPED : Step.NONE;
    }

    private static Step afterDynamic(InvokeDynamicInstruction indy) {
        if (LinkCalls.roleOf(indy.invokedynamic()) == LinkCalls.Role.SITE) {
            return Step.ASKED;
        }
        for (LoadableConstantEntry argument : indy.invokedynamic().bootstrap().arguments()) {
            if (argument instanceof MethodHandleEntry handle
                    && handle.reference().name().stringValue().startsWith(Bridges.PREFIX)) {
                return Step.REFERRED;
            }
        }
        return Step.NONE;
    }
}
