package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.InvokeDynamicEntry;

/// The instructions that ask for a target, and go to it if there is one.
///
/// ```
/// invokedynamic target()Object
/// dup; ifnull body
/// checkcast Shape
/// load arguments; invokeinterface Shape.call; [checkcast result]; return
/// body: pop
/// ```
///
/// They start a patched method, where the arguments are its own, and a bridge. A constant null leaves nothing
/// of them in compiled code. The shape is named behind the null check only, so that it is not loaded before it
/// is needed.
final class Prologue {

    /// Everything but the loads and the cast of the result: 5 + 1 + 3 + 3 + 5 + 1 + 1 bytes.
    private static final int FIXED_LENGTH = 19;

    private static final int CHECKCAST_LENGTH = 3;

    /// The call and the pop behind the load.
    private static final int REFUSAL_LENGTH = 4;

    private Prologue() {}

    /// Writes the instructions. The next one to be written is the first of the default.
    ///
    /// @param mayBeNull whether the first argument is a receiver that a call would refuse if it were null
    /// @return the label `body`, where a stack map frame is due: the arguments as they came, an Object on the
    ///     stack
    static Label write(CodeBuilder code, InvokeDynamicEntry question, MethodShape shape, boolean mayBeNull) {
        ConstantPoolBuilder pool = code.constantPool();
        Label body = code.newLabel();
        code.invokedynamic(question).dup().ifnull(body);
        if (mayBeNull) {
            refuseNull(code, 0);
        }
        code.checkcast(LinkCalls.type(pool, shape.interfaceName()));
        loadArguments(code, shape, 0);
        code.invokeinterface(LinkCalls.call(pool, shape));
        if (shape.castsResult()) {
            code.checkcast(LinkCalls.type(pool, MethodShape.constantName(shape.result())));
        }
        code.return_(MethodShape.kind(shape.result())).labelBinding(body).pop();
        return body;
    }

    /// Fails as a call does whose receiver is null: a target would be called all the same.
    static void refuseNull(CodeBuilder code, int slot) {
        ConstantPoolBuilder pool = code.constantPool();
        code.aload(slot)
                .invokestatic(pool.methodRefEntry(
                        LinkCalls.type(pool, "java/util/Objects"),
                        pool.nameAndTypeEntry(
                                pool.utf8Entry("requireNonNull"),
                                pool.utf8Entry("(Ljava/lang/Object;)Ljava/lang/Object;"))))
                .pop();
    }

    /// How many bytes [#refuseNull] takes.
    static int lengthOfRefusal(int slot) {
        return lengthOfMove(slot) + REFUSAL_LENGTH;
    }

    /// Loads arguments from consecutive local variables.
    static void loadArguments(CodeBuilder code, MethodShape shape, int firstSlot) {
        int slot = firstSlot;
        for (String argument : shape.arguments()) {
            TypeKind kind = MethodShape.kind(argument);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }

    /// How many bytes [#write] takes.
    static int length(MethodShape shape) {
        return FIXED_LENGTH + (shape.castsResult() ? CHECKCAST_LENGTH : 0) + lengthOfMoves(shape, 0);
    }

    /// How many bytes it takes before the code of a method.
    static int length(String descriptor, boolean isStatic) {
        return length(MethodShape.of(descriptor, isStatic ? "" : "Ljava/lang/Object;"));
    }

    /// How many bytes the loads, or the stores, of arguments in consecutive local variables take.
    static int lengthOfMoves(MethodShape shape, int firstSlot) {
        int length = 0;
        int slot = firstSlot;
        for (String argument : shape.arguments()) {
            length += lengthOfMove(slot);
            slot += MethodShape.kind(argument).slotSize();
        }
        return length;
    }

    private static int lengthOfMove(int slot) {
        return slot < 4 ? 1 : slot < 256 ? 2 : 4;
    }
}
