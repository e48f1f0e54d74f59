package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.InvokeDynamicEntry;

/// The instructions that get a target, and call it if there is one.
///
/// ```
/// invokedynamic target()Object
/// dup; ifnull body
/// checkcast Shape
/// load arguments; invokeinterface Shape.call; [checkcast result]; return
/// body: pop
/// ```
///
/// A patched method starts with them; the arguments are those of the method. A bridge starts with them, too. If the
/// target is the constant null, the compiler removes all of them. Only code after the null check names the shape, so
/// the JVM does not load the shape before it needs it.
final class Prologue {

    /// The length without the loads and the cast of the result: 5 + 1 + 3 + 3 + 5 + 1 + 1 bytes.
    private static final int FIXED_LENGTH = 19;

    private static final int CHECKCAST_LENGTH = 3;

    /// The call and the pop after the load.
    private static final int REFUSAL_LENGTH = 4;

    private Prologue() {}

    /// Writes the instructions. The default must follow directly.
    ///
    /// @param mayBeNull whether the first argument is a receiver, and a call would refuse null
    /// @return the label `body`. It needs a stack map frame: the unchanged arguments, and an Object on the stack
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

    /// Fails like a call with a null receiver: a target would run even then.
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

    /// The length of [#refuseNull] in bytes.
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

    /// The length of [#write] in bytes.
    static int length(MethodShape shape) {
        return FIXED_LENGTH + (shape.castsResult() ? CHECKCAST_LENGTH : 0) + lengthOfMoves(shape, 0);
    }

    /// Its length before the code of a method, in bytes.
    static int length(String descriptor, boolean isStatic) {
        return length(MethodShape.of(descriptor, isStatic ? "" : "Ljava/lang/Object;"));
    }

    /// The length of the loads, or the stores, of arguments in consecutive local variables, in bytes.
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
