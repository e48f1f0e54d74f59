package dev.repoint.agent.weave;

import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
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
            for (MethodView method : ClassView.of(classFile).methods()) {
                if (method.codeLength() > 0
                        && method.name().equals(frame.getMethodName())
                        && isInLoop(frame.getLineNumber(), method)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // malformed: the JVM has taken it, so an agent gave it another one
        }
    }

    private static boolean isInLoop(int line, MethodView method) {
        int[] lines = method.lines();
        InstructionCursor at = method.instructions();
        while (at.next()) {
            int target = at.target();
            if (target >= 0 && target <= at.bci() && isWithin(line, target, at.bci(), lines)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(int line, int first, int last, int[] lines) {
        for (int i = first; i <= last; i++) {
            int found = lines.length == 0 ? -1 : lines[i];
            if (found == line || found < 0 || line < 0) {
                return true;
            }
        }
        return false;
    }
}
