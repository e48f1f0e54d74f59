package dev.repoint.weaver;

import java.lang.classfile.Attribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The original code of a method, without its prologue.
///
/// @param model its class
/// @param code the current code
/// @param behindPrologue the jump target of the prologue for the default; null if there is no prologue
record TwinBody(
        ClassModel model, CodeAttribute code, @Nullable Label behindPrologue) {

    /// The body of a method.
    static TwinBody of(ClassModel model, MethodModel method) {
        CodeAttribute code = method.findAttribute(Attributes.code()).orElseThrow();
        if (hasPrologue(code)) {
            for (CodeElement element : code) {
                if (element instanceof BranchInstruction branch) {
                    return new TwinBody(model, code, branch.target());
                }
            }
        }
        return new TwinBody(model, code, null);
    }

    private static boolean hasPrologue(CodeAttribute code) {
        for (CodeElement element : code) {
            if (element instanceof Instruction) {
                return element instanceof InvokeDynamicInstruction call
                        && PoolEntries.roleOf(call.invokedynamic()) == LinkCalls.Role.ENTRY;
            }
        }
        return false;
    }

    /// The relevant elements of the original code: instructions and line numbers.
    List<CodeElement> original() {
        List<CodeElement> original = new ArrayList<>();
        Skip skip = new Skip(behindPrologue);
        for (CodeElement element : code) {
            if (!skip.covers(element) && (element instanceof Instruction || element instanceof LineNumber)) {
                original.add(element);
            }
        }
        return original;
    }

    /// Writes the original code into another class.
    ///
    /// @param start writes the instructions before it
    CodeTransform transform(OwnerStart start) {
        return new Copy(start, new Skip(behindPrologue), new NestmateCalls(model));
    }

    /// Separates the instructions of the prologue from the rest. The caller passes the elements in order.
    private static final class Skip {

        private final @Nullable Label end;
        private boolean inside;
        private boolean atEnd;

        Skip(@Nullable Label end) {
            this.end = end;
            this.inside = end != null;
        }

        /// Whether an element belongs to the prologue. Labels never do: a range that ends at a label may continue
        /// after the prologue.
        boolean covers(CodeElement element) {
            if (!inside) {
                return false;
            }
            if (element instanceof LabelTarget target) {
                atEnd |= target.label().equals(end);
                return false;
            }
            inside = !(atEnd && element instanceof Instruction instruction && instruction.opcode() == Opcode.POP);
            return element instanceof Instruction || element instanceof LineNumber;
        }
    }

    private final class Copy implements CodeTransform {

        private final OwnerStart start;
        private final Skip skip;
        private final NestmateCalls calls;
        private @Nullable LineNumber skippedLine;

        Copy(OwnerStart start, Skip skip, NestmateCalls calls) {
            this.start = start;
            this.skip = skip;
            this.calls = calls;
        }

        @Override
        public void atStart(CodeBuilder builder) {
            start.write(builder);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            if (skip.covers(element)) {
                skippedLine = element instanceof LineNumber line ? line : skippedLine;
                return;
            }
            if (skippedLine != null && element instanceof Instruction) {
                builder.with(skippedLine); // it was written once for both
                skippedLine = null;
            }
            if (!(element instanceof Attribute<?>)) { // the frames are written at the end, the rest is for readers
                calls.write(builder, element);
            }
        }

        @Override
        public void atEnd(CodeBuilder builder) {
            StackMapTableAttribute original =
                    code.findAttribute(Attributes.stackMapTable()).orElse(null);
            List<StackMapFrameInfo> frames = new ArrayList<>(original == null ? List.of() : original.entries());
            frames.removeIf(frame -> frame.target().equals(behindPrologue));
            if (!frames.isEmpty()) {
                builder.with(StackMapTableAttribute.of(frames));
            }
        }
    }
}
