package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.IntegerEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which elements of one body are sites, and which of these can be patched.
///
/// The caller passes the elements in order. For equal elements two judges give equal results.
final class SiteJudge {

    /// The first class file version whose interfaces may have private methods (Java 8).
    private static final int BRIDGES_IN_INTERFACES = 52;

    /// The kind of a method reference.
    static final String METHOD_REFERENCE = "methodref";

    private static final String HANDLE = "ldc";
    private static final Set<String> ASKING_FOR_CALLER =
            Set.of("java.lang.StackWalker", "jdk.internal.reflect.Reflection");
    private static final int IMPLEMENTATION = 1;
    private static final int FLAGS = 3;
    private static final int SERIALIZABLE = 1;

    private final SiteRefs refs;
    private final Phase phase;
    private final boolean oldInterface;
    private final Answered answered = new Answered();

    SiteJudge(ClassModel model, SiteRefs refs, Phase phase) {
        this.refs = refs;
        this.phase = phase;
        this.oldInterface =
                Modifier.isInterface(model.flags().flagsMask()) && model.majorVersion() < BRIDGES_IN_INTERFACES;
    }

    /// Judges the next element.
    SiteVerdict judge(CodeElement element) {
        boolean done = answered.accept(element);
        if (element instanceof InvokeInstruction call) {
            return done ? SiteVerdict.LEAVE : call(call);
        }
        if (element instanceof InvokeDynamicInstruction indy) {
            return LinkCalls.roleOf(indy.invokedynamic()) == LinkCalls.Role.OTHER ? dynamic(indy) : SiteVerdict.LEAVE;
        }
        if (element instanceof LoadConstantInstruction load) {
            return done
                    ? SiteVerdict.LEAVE
                    : handles(List.of(load.constantEntry()), "a MethodHandle constant is loaded and not called");
        }
        return SiteVerdict.LEAVE;
    }

    private SiteVerdict call(InvokeInstruction call) {
        SiteRef ref = refs.of(call.method());
        if (ref == null) {
            return SiteVerdict.LEAVE;
        }
        SiteVerdict.Call patch = new SiteVerdict.Call(ref, call);
        String refusal = ref.refusal();
        if (refusal == null && phase == Phase.LOAD) {
            refusal = refusalOfBridge(ref);
            if (refusal == null && call.opcode() == Opcode.INVOKEVIRTUAL && ref.mayBeProtected()) {
                refusal = "its class cannot be found, so the type of the receiver is unknown";
            }
        }
        return refusal == null ? patch : new SiteVerdict.Refuse(List.of(ref), patch.kind(), refusal);
    }

    private @Nullable String refusalOfBridge(SiteRef ref) {
        if (ref.key().name().equals("getCallerClass")
                && ASKING_FOR_CALLER.contains(ref.key().owner())) {
            return "it returns the caller of its caller, and a bridge would come in between";
        }
        return oldInterface
                ? "an interface of a class file version below " + BRIDGES_IN_INTERFACES + " can have no bridge"
                : null;
    }

    private SiteVerdict dynamic(InvokeDynamicInstruction indy) {
        List<LoadableConstantEntry> arguments = indy.invokedynamic().bootstrap().arguments();
        MethodHandleEntry bootstrap = indy.invokedynamic().bootstrap().bootstrapMethod();
        String factory = bootstrap.reference().name().stringValue();
        if (!bootstrap.reference().owner().name().equalsString("java/lang/invoke/LambdaMetafactory")
                || arguments.size() <= IMPLEMENTATION
                || !(arguments.get(IMPLEMENTATION) instanceof MethodHandleEntry handle)) {
            return handles(arguments, "a MethodHandle constant is an argument of " + factory);
        }
        SiteRef ref = refs.of(handle.reference());
        if (ref == null) {
            return SiteVerdict.LEAVE;
        }
        String refusal = refusalOfReference(ref, factory, arguments);
        return refusal == null
                ? new SiteVerdict.Reference(ref, indy, handle)
                : new SiteVerdict.Refuse(List.of(ref), METHOD_REFERENCE, refusal);
    }

    private @Nullable String refusalOfReference(SiteRef ref, String factory, List<LoadableConstantEntry> arguments) {
        if (ref.refusal() != null) {
            return ref.refusal();
        }
        if (factory.equals("altMetafactory")
                && arguments.size() > FLAGS
                && arguments.get(FLAGS) instanceof IntegerEntry flags
                && (flags.intValue() & SERIALIZABLE) != 0) {
            return "the serial form of a serializable method reference contains the name of its method";
        }
        if (phase == Phase.RETRANSFORM) {
            return "a method reference needs a bridge, and a loaded class can get no new methods";
        }
        return ref.mayBeProtected()
                ? "its class cannot be found, so the type of the receiver is unknown"
                : refusalOfBridge(ref);
    }

    private SiteVerdict handles(List<LoadableConstantEntry> constants, String reason) {
        List<SiteRef> found = new ArrayList<>();
        collect(constants, found, new HashSet<>());
        return found.isEmpty() ? SiteVerdict.LEAVE : new SiteVerdict.Refuse(found, HANDLE, reason);
    }

    /// @param seen the visited dynamic constants: in a damaged file, a constant may be its own argument
    private void collect(List<LoadableConstantEntry> constants, List<SiteRef> into, Set<Integer> seen) {
        for (LoadableConstantEntry constant : constants) {
            if (constant instanceof MethodHandleEntry handle) {
                SiteRef ref = refs.of(handle.reference());
                if (ref != null) {
                    into.add(ref);
                }
            } else if (constant instanceof ConstantDynamicEntry dynamic && seen.add(dynamic.index())) {
                collect(dynamic.bootstrap().arguments(), into, seen);
            }
        }
    }
}
