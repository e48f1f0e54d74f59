package dev.repoint.internal.classfile;

import java.util.function.Consumer;

/// Writes the call of the body of a synchronized method. It locks the same object as the method, its receiver or its
/// class.
///
/// ```
/// lock; monitorenter
/// load arguments; invokestatic body; lock; monitorexit; return
/// handler: lock; monitorexit; athrow
/// ```
final class LockedCall {

    private static final int LDC_W = 0x13;
    private static final int ALOAD_0 = 0x2a;
    private static final int ATHROW = 0xbf;
    private static final int MONITORENTER = 0xc2;
    private static final int MONITOREXIT = 0xc3;
    private static final int SAME_LOCALS_1 = 64;
    private static final int SAME_LOCALS_1_EXTENDED = 247;
    private static final int OBJECT = 7;

    private final Body body;
    private final ConstantPool pool;

    LockedCall(Body body, ConstantPool pool) {
        this.body = body;
        this.pool = pool;
    }

    /// Writes the `Code` attribute.
    ///
    /// @param head instructions that go first; they need two slots of the stack
    /// @param descriptor the descriptor of a static method
    /// @param call writes the call
    void write(ByteOutput out, ByteOutput head, String descriptor, Consumer<CodeWriter> call) {
        int slots = Descriptors.slots(descriptor);
        String result = Descriptors.result(descriptor);
        ByteOutput code = new ByteOutput().copy(head);
        lock(code, MONITORENTER);
        int from = code.length();
        CodeWriter calling = new CodeWriter(pool);
        call.accept(calling);
        code.copy(calling.code());
        lock(code, MONITOREXIT);
        int to = code.length();
        CodeWriter returning = new CodeWriter(pool);
        returning.giveBack(result);
        code.copy(returning.code());
        int handler = code.length();
        lock(code, MONITOREXIT);
        code.u1(ATHROW);
        ByteOutput frame = new ByteOutput();
        if (handler < SAME_LOCALS_1) {
            frame.u1(SAME_LOCALS_1 + handler);
        } else {
            frame.u1(SAME_LOCALS_1_EXTENDED).u2(handler);
        }
        frame.u1(OBJECT).u2(pool.type("java/lang/Throwable"));
        ByteOutput rest = new ByteOutput().u2(1).u2(from).u2(to).u2(handler).u2(0);
        rest.u2(1).u2(pool.utf8("StackMapTable")).u4(2 + frame.length()).u2(1).copy(frame);
        out.u2(pool.utf8("Code")).u4(8 + code.length() + rest.length());
        out.u2(Math.max(slots, Descriptors.width(result.charAt(0))) + 2).u2(slots);
        out.u4(code.length()).copy(code).copy(rest);
    }

    private void lock(ByteOutput code, int instruction) {
        if (body.isStatic()) {
            code.u1(LDC_W).u2(body.file.thisClass());
        } else {
            code.u1(ALOAD_0); // the arguments are not assigned here
        }
        code.u1(instruction);
    }
}
