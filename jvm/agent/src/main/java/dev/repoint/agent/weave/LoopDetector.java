package dev.repoint.agent.weave;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Detects whether the line of a frame is in a loop: between a backward branch and its target. For a class without
/// line numbers, or without a class file, the result is true.
final class LoopDetector {

    private LoopDetector() {}

    /// @param owner the class of the frame if it is known, to find its class file
    static boolean isInLoop(StackTraceElement frame, @Nullable Class<?> owner) {
        if (frame.getClassName().indexOf('/') >= 0) {
            return false; // a hidden class: a lambda, which only calls
        }
        ClassLoader loader = owner == null ? ClassLoader.getSystemClassLoader() : owner.getClassLoader();
        byte[] classFile = ClassFiles.read(loader, frame.getClassName().replace('.', '/'));
        if (classFile == null) {
            return owner == null;
        }
        try {
            for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
                CodeModel body = method.code().orElse(null);
                if (body != null
                        && method.methodName().equalsString(frame.getMethodName())
                        && isInLoop(frame.getLineNumber(), body)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException e) {
            return false; // malformed: the JVM has taken it, so an agent gave it another one
        }
    }

    private static boolean isInLoop(int line, CodeModel body) {
        Map<Label, Integer> places = new HashMap<>();
        Map<Integer, Integer> lines = new HashMap<>();
        int place = 0;
        int current = -1;
        for (CodeElement element : body) {
            if (element instanceof LabelTarget label) {
                places.put(label.label(), place);
            } else if (element instanceof LineNumber number) {
                current = number.line();
            } else if (element instanceof Instruction each) {
                Integer back = each instanceof BranchInstruction branch ? places.get(branch.target()) : null;
                lines.put(place, current);
                if (back != null && isWithin(line, back, place, lines)) {
                    return true;
                }
                place++;
            }
        }
        return false;
    }

    private static boolean isWithin(int line, int first, int last, Map<Integer, Integer> lines) {
        for (int i = first; i <= last; i++) {
            int found = lines.getOrDefault(i, -1);
            if (found == line || found < 0 || line < 0) {
                return true;
            }
        }
        return false;
    }
}
