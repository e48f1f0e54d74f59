package dev.repoint.agent.reach;

import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;

/// Reads the body of a method, and finds what it uses. A lambda or method reference counts as a call where it is
/// created, and so does its linking.
///
/// It ignores the code between the creation of an exception and its `throw`: after that, a thread links nothing
/// more.
final class MethodBody {

    /// The kinds of method handles of methods (JVMS 4.4.8). Those before are of fields.
    private static final int VIRTUAL = 5;

    private static final int STATIC = 6;
    private static final int SPECIAL = 7;
    private static final int CONSTRUCTOR = 8;
    private static final int INTERFACE = 9;

    private final ClassView view;
    private final ClassTree classes;
    private final Uses uses;
    private boolean failing;

    private MethodBody(ClassView view, ClassTree classes, Uses uses) {
        this.view = view;
        this.classes = classes;
        this.uses = uses;
    }

    /// @param view the class file of the method
    static void read(ClassView view, MethodView method, ClassTree classes, Uses uses) {
        MethodBody reading = new MethodBody(view, classes, uses);
        InstructionCursor at = method.instructions();
        while (at.next()) {
            reading.read(at);
        }
    }

    private void read(InstructionCursor at) {
        if (failing) {
            failing = at.opcode() != InstructionCursor.ATHROW && !at.isReturn();
            return;
        }
        switch (at.opcode()) {
            case InstructionCursor.NEW -> make(view.className(at.constant()));
            case InstructionCursor.INVOKEVIRTUAL, InstructionCursor.INVOKEINTERFACE ->
                uses.callsVirtually(idOf(at.constant()));
            case InstructionCursor.INVOKESPECIAL -> uses.calls(idOf(at.constant()));
            case InstructionCursor.INVOKESTATIC -> {
                MethodId called = idOf(at.constant());
                uses.touches(called.owner());
                uses.calls(called);
            }
            case InstructionCursor.INVOKEDYNAMIC -> {
                constant(view.bootstrapHandle(at.constant()));
                for (int argument : view.bootstrapArguments(at.constant())) {
                    constant(argument);
                }
            }
            case InstructionCursor.GETSTATIC, InstructionCursor.PUTSTATIC ->
                uses.touches(view.memberOwner(at.constant()));
            case InstructionCursor.LDC, InstructionCursor.LDC_W, InstructionCursor.LDC2_W -> {
                constant(at.constant());
                if (view.tag(at.constant()) == ClassView.STRING) {
                    uses.names(view.string(at.constant()));
                }
            }
            default -> {
                // no other instruction uses a class
            }
        }
    }

    private void make(String internalName) {
        if (classes.supertypes(internalName).contains("java/lang/Throwable")) {
            failing = true;
        } else {
            uses.makes(internalName);
        }
    }

    private void constant(int constant) {
        int tag = view.tag(constant);
        if (tag == ClassView.CLASS) {
            uses.touches(view.className(constant));
        } else if (tag == ClassView.METHOD_HANDLE) {
            handle(view.handleKind(constant), view.handleMember(constant));
        }
    }

    private void handle(int kind, int member) {
        switch (kind) {
            case STATIC, SPECIAL -> uses.calls(idOf(member));
            case CONSTRUCTOR -> {
                MethodId called = idOf(member);
                uses.makes(called.owner());
                uses.calls(called);
            }
            case VIRTUAL, INTERFACE -> uses.callsVirtually(idOf(member));
            default -> {
                // a field
            }
        }
    }

    private MethodId idOf(int member) {
        String owner = view.memberOwner(member);
        return new MethodId(
                owner.startsWith("[") ? "java/lang/Object" : owner, view.memberName(member), view.memberType(member));
    }
}
