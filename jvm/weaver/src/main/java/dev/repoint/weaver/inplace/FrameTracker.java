package dev.repoint.weaver.inplace;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Computes the types of locals and stack at every instruction of a body that verifies.
///
/// It walks forward once. A stack map frame of the original gives the types. Between two frames no branch has its
/// target, so each instruction alone determines the next types (JVMS 4.10.1). So it merges no types, and needs no
/// class hierarchy. After an unconditional jump, the code continues at a frame, or not at all.
final class FrameTracker {

    private final CodeAttribute body;
    private final Map<Integer, StackMapFrameInfo> frames = new HashMap<>();
    private final FrameState state;
    private boolean reached = true;
    private int bci;

    FrameTracker(ClassModel owner, MethodModel method, CodeAttribute body) {
        this.body = body;
        this.state = FrameState.atStart(owner, method);
        StackMapTableAttribute table =
                body.findAttribute(Attributes.stackMapTable()).orElse(null);
        if (table != null) {
            for (StackMapFrameInfo frame : table.entries()) {
                frames.put(body.labelToBci(frame.target()), frame);
            }
        }
        reset();
    }

    /// The offset of the next instruction.
    int bci() {
        return bci;
    }

    /// Whether the next instruction is reachable, so that its types are known.
    boolean isReached() {
        return reached;
    }

    /// Whether the original has a frame directly after the next instruction.
    boolean hasFrameBehind(Instruction next) {
        return frames.containsKey(bci + next.sizeInBytes());
    }

    /// A frame with the current types.
    ///
    /// @param extra further elements on top of the stack
    StackMapFrameInfo frameAt(Label label, List<VerificationTypeInfo> extra) {
        return state.frame(label, extra);
    }

    /// Takes the next instruction.
    ///
    /// @param here a label before it, for an object that it creates
    void step(Instruction instruction, Label here) {
        if (reached) {
            reached = FrameStep.apply(state, instruction, here);
        }
        bci += instruction.sizeInBytes();
        reset();
    }

    private void reset() {
        StackMapFrameInfo frame = frames.get(bci);
        if (frame != null && bci < body.codeLength()) {
            state.set(frame);
            reached = true;
        }
    }
}
