package dev.repoint.weaver.rules;

import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.UseOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which instructions of a class call or name wanted methods, and which of these can be patched.
public final class SiteJudge {

    /// The kind of a method reference.
    static final String METHOD_REFERENCE = "methodref";

    /// The first class file version whose interfaces may have private methods (Java 8).
    static final int BRIDGES_IN_INTERFACES = 52;

    private static final Set<String> ASKING_FOR_CALLER =
            Set.of("java.lang.StackWalker", "jdk.internal.reflect.Reflection");
    private static final int IMPLEMENTATION = 1;
    private static final int FLAGS = 3;
    private static final int SERIALIZABLE = 1;

    private final ClassView view;
    private final SiteRefs refs;
    private final Phase phase;
    private final boolean oldInterface;

    SiteJudge(ClassView view, SiteRefs refs, Phase phase) {
        this.view = view;
        this.refs = refs;
        this.phase = phase;
        this.oldInterface = (view.flags() & AccessFlags.INTERFACE) != 0 && view.majorVersion() < BRIDGES_IN_INTERFACES;
    }

    /// The kind of a call.
    public static String kindOf(int opcode) {
        return switch (opcode) {
            case InstructionCursor.INVOKEVIRTUAL -> "invokevirtual";
            case InstructionCursor.INVOKESPECIAL -> "invokespecial";
            case InstructionCursor.INVOKESTATIC -> "invokestatic";
            case InstructionCursor.INVOKEINTERFACE -> "invokeinterface";
            case InstructionCursor.GETSTATIC -> "getstatic";
            case InstructionCursor.PUTSTATIC -> "putstatic";
            default -> throw new IllegalArgumentException("opcode " + opcode);
        };
    }

    /// Judges the instruction of a cursor.
    void judge(InstructionCursor at, BodyUses uses) {
        switch (at.opcode()) {
            case InstructionCursor.INVOKEVIRTUAL,
                    InstructionCursor.INVOKESPECIAL,
                    InstructionCursor.INVOKESTATIC,
                    InstructionCursor.INVOKEINTERFACE -> call(at, uses);
            case InstructionCursor.INVOKEDYNAMIC -> dynamic(at, uses);
            case InstructionCursor.LDC, InstructionCursor.LDC_W, InstructionCursor.LDC2_W ->
                handles(at, uses, new int[] {at.constant()}, "a MethodHandle constant is loaded and not called");
            default -> {
                // no other instruction contains a method
            }
        }
    }

    /// Refuses the call of a cursor, if it is one of a wanted method.
    void refuse(InstructionCursor at, BodyUses uses, String reason) {
        SiteRef ref = refs.of(at.constant());
        if (ref != null) {
            uses.refuse(ref.key(), reason, at.bci());
        }
    }

    private void call(InstructionCursor at, BodyUses uses) {
        SiteRef ref = refs.of(at.constant());
        if (ref == null) {
            return;
        }
        int opcode = at.opcode();
        if (ref.refusal() != null) {
            uses.refuse(ref.key(), ref.refusal());
            return;
        }
        if (opcode == InstructionCursor.INVOKEVIRTUAL && mayCloneArray(ref)) {
            uses.refuse(ref.key(), "it may clone an array, which is no object of a class", at.bci());
            return;
        }
        if (phase == Phase.LOAD) {
            String refusal = refusalOfBridge(ref);
            if (refusal == null && opcode == InstructionCursor.INVOKEVIRTUAL && ref.mayBeProtected()) {
                refusal = "its class cannot be found, so the type of the receiver is unknown";
            }
            if (refusal != null) {
                uses.refuse(ref.key(), refusal, at.bci());
                return;
            }
        }
        boolean ofStatic = opcode == InstructionCursor.INVOKESTATIC;
        int growth = phase == Phase.LOAD ? 0 : WovenLength.ofCall(ref.key().descriptor(), ofStatic, uses.maxLocals());
        UseOrder order = new UseOrder.Call(at.bci(), LinkCalls.site(ref.key(), ofStatic), receiver(opcode, ref));
        uses.add(order, ref.key(), kindOf(opcode), growth);
    }

    /// In place, the receiver of a call with super may be checked, too: it is any object.
    private String receiver(int opcode, SiteRef ref) {
        return switch (opcode) {
            case InstructionCursor.INVOKESTATIC -> "";
            case InstructionCursor.INVOKESPECIAL -> descriptorOf(phase == Phase.LOAD ? view.name() : ref.receiver());
            default -> descriptorOf(ref.receiver());
        };
    }

    /// Whether the verifier lets a call of this constant have an array as its receiver, although the method is protected
    /// (JVMS 4.10.1.9, `invokevirtual`). Compilers of Kotlin write such calls.
    private boolean mayCloneArray(SiteRef ref) {
        return ref.key().name().equals("clone")
                && view.memberOwner(ref.constant()).equals("java/lang/Object")
                && !ref.receiver().equals("java/lang/Object");
    }

    private @Nullable String refusalOfBridge(SiteRef ref) {
        if (ref.key().name().equals("getCallerClass")
                && ASKING_FOR_CALLER.contains(ref.key().owner())) {
            return "it returns the caller of its caller, and a bridge would come in between";
        }
        if (ref.missing() != null) {
            return "class " + ref.missing().replace('/', '.')
                    + " is not found, and a bridge would name it: then nobody could" + " list the methods of "
                    + view.name().replace('/', '.');
        }
        return oldInterface
                ? "an interface of a class file version below " + BRIDGES_IN_INTERFACES + " can have no bridge"
                : null;
    }

    private void dynamic(InstructionCursor at, BodyUses uses) {
        int call = at.constant();
        String bootstrap = view.bootstrapOf(call);
        if (LinkCalls.roleOf(bootstrap) != LinkCalls.Role.OTHER) {
            return;
        }
        String factory = bootstrap.substring(bootstrap.indexOf(' ') + 1);
        int[] arguments = view.bootstrapArguments(call);
        if (!bootstrap.startsWith("java/lang/invoke/LambdaMetafactory ")
                || arguments.length <= IMPLEMENTATION
                || view.tag(arguments[IMPLEMENTATION]) != ClassView.METHOD_HANDLE) {
            handles(at, uses, arguments, "a MethodHandle constant is an argument of " + factory);
            return;
        }
        int handle = arguments[IMPLEMENTATION];
        SiteRef ref = refs.of(view.handleMember(handle));
        if (ref == null) {
            return;
        }
        String refusal = ref.refusal() == null ? refusalOfReference(ref, factory, arguments) : null;
        if (ref.refusal() != null) {
            uses.refuse(ref.key(), ref.refusal());
        } else if (refusal != null) {
            uses.refuse(ref.key(), refusal, at.bci());
        } else {
            uses.add(reference(at.bci(), call, handle, ref), ref.key(), METHOD_REFERENCE, 0);
        }
    }

    /// If a reference has captured its receiver, the receiver of the bridge must have exactly the captured type, or
    /// linking fails. Otherwise it has the type of the receiver of a call.
    private UseOrder reference(int bci, int call, int handle, SiteRef ref) {
        String factoryType = Descriptors.checked(view.memberType(call));
        int kind = view.handleKind(handle);
        boolean ofStatic = kind == HandleKind.STATIC;
        String receiver = "";
        if (kind == HandleKind.SPECIAL) {
            receiver = descriptorOf(view.name());
        } else if (!ofStatic) {
            receiver = factoryType.startsWith("()") ? descriptorOf(ref.receiver()) : Descriptors.first(factoryType);
        }
        return new UseOrder.Reference(bci, LinkCalls.site(ref.key(), ofStatic), receiver);
    }

    private @Nullable String refusalOfReference(SiteRef ref, String factory, int[] arguments) {
        if (factory.equals("altMetafactory")
                && arguments.length > FLAGS
                && view.tag(arguments[FLAGS]) == ClassView.INTEGER
                && (view.integer(arguments[FLAGS]) & SERIALIZABLE) != 0) {
            return "the serial form of a serializable method reference contains the name of its method";
        }
        if (phase == Phase.RETRANSFORM) {
            return "a method reference needs a bridge, and a loaded class can get no new methods";
        }
        return ref.mayBeProtected()
                ? "its class cannot be found, so the type of the receiver is unknown"
                : refusalOfBridge(ref);
    }

    private void handles(InstructionCursor at, BodyUses uses, int[] constants, String reason) {
        List<SiteRef> found = new ArrayList<>();
        collect(constants, found, new HashSet<>());
        for (SiteRef ref : found) {
            if (ref.refusal() != null) {
                uses.refuse(ref.key(), reason);
            } else {
                uses.refuse(ref.key(), reason, at.bci());
            }
        }
    }

    /// @param seen the visited dynamic constants: in a damaged file, a constant may be its own argument
    private void collect(int[] constants, List<SiteRef> into, Set<Integer> seen) {
        for (int constant : constants) {
            int tag = view.tag(constant);
            if (tag == ClassView.METHOD_HANDLE) {
                SiteRef ref = refs.of(view.handleMember(constant));
                if (ref != null) {
                    into.add(ref);
                }
            } else if (tag == ClassView.DYNAMIC && seen.add(constant)) {
                collect(view.bootstrapArguments(constant), into, seen);
            }
        }
    }

    private static String descriptorOf(String constantName) {
        return constantName.charAt(0) == '[' ? constantName : "L" + constantName + ";";
    }
}
