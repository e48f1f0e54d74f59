package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.ClassView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides whether one call, or one method handle, can be pointed at a target.
///
/// @param caller       the class with the call
/// @param types        the classes that it sees
/// @param surroundings the program around it
record CallRules(ClassFacts caller, Types types, Surroundings surroundings) {

    static final int INVOKE_VIRTUAL = 0xB6;
    static final int INVOKE_SPECIAL = 0xB7;
    static final int INVOKE_STATIC = 0xB8;
    static final int INVOKE_INTERFACE = 0xB9;

    /// The first class file version whose classes can call static methods of interfaces (Java 8).
    private static final int STATIC_IN_INTERFACES = 52;

    private static final int VARARGS = 0x0080;

    /// The opcode that a method handle stands for (JVMS 5.4.3.5).
    static int opcodeOf(int handleKind) {
        return switch (handleKind) {
            case 5 -> INVOKE_VIRTUAL;
            case 6 -> INVOKE_STATIC;
            case 9 -> INVOKE_INTERFACE;
            default -> INVOKE_SPECIAL;
        };
    }

    static String kindOf(int opcode) {
        return switch (opcode) {
            case INVOKE_VIRTUAL -> "invokevirtual";
            case INVOKE_SPECIAL -> "invokespecial";
            case INVOKE_STATIC -> "invokestatic";
            default -> "invokeinterface";
        };
    }

    /// The reason why a call stays as it is.
    ///
    /// @return one line, or null if it can be pointed at the target
    @Nullable
    String ofCall(KeyPlan plan, MemberConstant constant, int opcode) {
        Resolved method = plan.method();
        boolean isStatic = opcode == INVOKE_STATIC;
        if (method == null) {
            return isStatic ? ofTarget(plan) : "its class is not found, so an override cannot be ruled out";
        }
        if (method.isStatic() != isStatic) {
            return "the method is " + (method.isStatic() ? "static" : "not static") + ", and the call is an "
                    + kindOf(opcode);
        }
        String refusal = null;
        if (opcode == INVOKE_SPECIAL) {
            refusal = ofSuper(method, constant);
        } else if (!isStatic) {
            refusal = new Overrides(types, surroundings).refusal(constant.owner(), method);
        }
        return refusal != null ? refusal : ofTarget(plan);
    }

    /// The reason why a call through a supertype stays as it is.
    String ofIndirect(KeyPlan plan, MemberConstant constant) {
        return "it calls " + constant.owner().replace('/', '.') + "." + constant.name()
                + ", which may reach it, and may reach something else";
    }

    /// The reason why the method handle of a lambda or method reference stays as it is.
    ///
    /// @param captured descriptor of the `invokedynamic`
    @Nullable
    String ofLambda(ClassView view, Bootstrap bootstrap, KeyPlan plan, String captured) {
        if (bootstrap.isSerializable(view)) {
            return "the serial form of a serializable method reference contains the name of its method";
        }
        List<String> given = Signature.of(captured).parameters();
        List<String> taken = Signature.of(plan.target().descriptor()).parameters();
        for (int i = 0; i < given.size() && i < taken.size(); i++) {
            if (!given.get(i).equals(taken.get(i))) {
                return "a method reference binds a value of type "
                        + Types.nameIn(given.get(i)).replace('/', '.')
                        + ", and its target takes another type; the linker of lambdas accepts only the same";
            }
        }
        return null;
    }

    /// The reason why a constant that is loaded stays as it is.
    @Nullable
    String ofLoaded(KeyPlan plan, MemberConstant constant, int opcode) {
        Signature types = Signature.of(constant.type());
        Signature handle = opcode == INVOKE_STATIC ? types : types.withReceiver(constant.owner());
        Resolved method = plan.method();
        boolean isSame = method != null
                && opcode != INVOKE_SPECIAL
                && handle.equals(Signature.of(plan.target().descriptor()))
                && (method.method().flags() & VARARGS)
                        == (plan.target().method().method().flags() & VARARGS);
        return isSame ? null : "a MethodHandle constant is loaded, and its target has another type";
    }

    /// A call of `super` begins its search in the superclass.
    private @Nullable String ofSuper(Resolved method, MemberConstant constant) {
        if (method.isPrivate() || constant.owner().equals(caller.name())) {
            return null;
        }
        ClassFacts named = types.find(constant.owner());
        boolean isInterface = named != null && named.isInterface();
        String start = isInterface ? constant.owner() : Objects.requireNonNullElse(caller.superclass(), "");
        Resolved selected = types.method(start, constant.name(), constant.type());
        return selected != null && selected.key().equals(method.key())
                ? null
                : "a call of super may reach another method";
    }

    private @Nullable String ofTarget(KeyPlan plan) {
        DirectTarget target = plan.target();
        if (target.isInInterface() && caller.view().majorVersion() < STATIC_IN_INTERFACES) {
            return "class file version " + caller.view().majorVersion()
                    + " cannot call a static method of an interface";
        }
        String refusal = target.refusal(caller, types);
        return refusal != null ? refusal : surroundings.obstacle(caller.name(), target.owner());
    }
}
