package dev.repoint.weaver.rules;

import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.internal.classfile.StackReaders;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.util.BitSet;

/// Decides which methods keep a twin: those whose body works only in its own class, because it looks at the frames
/// that called it. The runtime makes the default of every other method when it is first wanted, from the class file.
public final class TwinRules {

    /// The constants of the methods that look at frames.
    private final BitSet readers = new BitSet();

    /// @param named whether the constant pool of the class names a class with such methods
    public TwinRules(ClassView view, boolean named) {
        for (int i = 1; named && i < view.poolSize(); i++) {
            if (view.tag(i) == ClassView.METHOD && StackReaders.include(view.memberOwner(i), view.memberName(i))) {
                readers.set(i);
            }
        }
    }

    /// Whether a method must have a twin.
    public boolean needsTwin(MethodView method) {
        if (readers.isEmpty() || method.codeLength() < 0) {
            return false;
        }
        InstructionCursor cursor = method.instructions();
        while (cursor.next()) {
            int opcode = cursor.opcode();
            boolean calls = opcode >= InstructionCursor.INVOKEVIRTUAL && opcode <= InstructionCursor.INVOKESTATIC;
            if (calls && readers.get(cursor.constant())) {
                return true;
            }
        }
        return false;
    }
}
