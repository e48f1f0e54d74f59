package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import dev.repoint.weaver.splice.ReferenceSplicer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Points the calls of one class at targets.
///
/// | use | becomes |
/// | --- | --- |
/// | `invokestatic`, `invokevirtual`, `invokespecial` | `invokestatic` of the target |
/// | `invokeinterface` | `invokestatic` of the target, and two `nop` |
/// | the handle of a lambda or method reference | a handle of the target |
/// | `ldc` of a handle | the same, if the type of the handle is the same |
final class ClassPointing implements HandleUses.Pointing {

    private static final int LDC = 0x12;
    private static final int LDC2_W = 0x14;
    private static final int INVOKE_DYNAMIC = 0xBA;
    private static final int METHOD_HANDLE = 15;
    private static final int DYNAMIC = 17;
    private static final String LAMBDA = "methodref";
    private static final String CONSTANT = "ldc";

    private final ClassView view;
    private final References references;
    private final CallRules rules;
    private final ReferenceSplicer splicer;
    private final Bootstrap[] bootstraps;
    private final HandleUses handles = new HandleUses();
    private final Map<Key, Integer> targets = new HashMap<>();
    private final List<Site> pointed = new ArrayList<>();
    private final List<LeftCall> left = new ArrayList<>();
    private final List<Site> own = new ArrayList<>();

    ClassPointing(ClassView view, References references, CallRules rules) {
        this.view = view;
        this.references = references;
        this.rules = rules;
        this.splicer = new ReferenceSplicer(view);
        this.bootstraps = Bootstrap.of(view);
    }

    /// Points everything that can be.
    ///
    /// @param bytes the class
    /// @param named the keys that code with reflection names
    DirectClass run(byte[] bytes, List<Key> named) {
        for (MethodView each : view.methods()) {
            each.forEachInstruction((opcode, at, length) -> visit(each, opcode, at, length));
        }
        handles.point(this);
        byte[] changed = pointed.isEmpty() ? bytes : splicer.splice();
        if (changed == null) {
            pointed.forEach(each -> left.add(new LeftCall(each, "the constant pool of its class is full")));
            return new DirectClass(bytes, List.of(), left, own, named);
        }
        return new DirectClass(changed, pointed, left, own, named);
    }

    @Override
    public void handle(int constant, KeyPlan plan) {
        splicer.handle(view.constant(constant, METHOD_HANDLE), target(plan));
    }

    @Override
    public void pointed(Site site) {
        pointed.add(site);
    }

    @Override
    public void own(Site site) {
        own.add(site);
    }

    @Override
    public void left(Site site, String reason) {
        left.add(new LeftCall(site, reason));
    }

    private void visit(MethodView in, int opcode, int at, int length) {
        if (opcode >= CallRules.INVOKE_VIRTUAL && opcode <= CallRules.INVOKE_INTERFACE) {
            call(in, opcode, at, length);
        } else if (opcode == INVOKE_DYNAMIC) {
            dynamic(in, at, view.u2(at + 1), true, new HashSet<>());
        } else if (opcode >= LDC && opcode <= LDC2_W) {
            loaded(in, at, opcode == LDC ? view.u1(at + 1) : view.u2(at + 1));
        }
    }

    private void call(MethodView in, int opcode, int at, int length) {
        References.Reference reference = references.of(view.u2(at + 1));
        if (reference == null || reference.isIndirect() && !isVirtual(opcode)) {
            return;
        }
        KeyPlan plan = reference.plan();
        Site site = site(plan, CallRules.kindOf(opcode), in, at);
        String refusal = refusal(reference, opcode);
        if (plan.own().has(view.name(), in)) {
            own.add(site);
        } else if (refusal != null) {
            left.add(new LeftCall(site, refusal));
        } else {
            splicer.call(at, length, target(plan));
            pointed.add(site);
        }
    }

    private static boolean isVirtual(int opcode) {
        return opcode == CallRules.INVOKE_VIRTUAL || opcode == CallRules.INVOKE_INTERFACE;
    }

    private @Nullable String refusal(References.Reference reference, int opcode) {
        if (reference.plan().refusal() != null) {
            return reference.plan().refusal();
        }
        return reference.isIndirect()
                ? rules.ofIndirect(reference.plan(), reference.constant())
                : rules.ofCall(reference.plan(), reference.constant(), opcode);
    }

    private void loaded(MethodView in, int at, int constant) {
        int tag = view.tag(constant);
        if (tag == DYNAMIC) {
            dynamic(in, at, constant, false, new HashSet<>());
        } else if (tag == METHOD_HANDLE) {
            References.Reference reference = referenceOf(constant);
            if (reference != null) {
                KeyPlan plan = reference.plan();
                String refusal = refusal(reference, opcodeOf(constant));
                if (refusal == null) {
                    refusal = rules.ofLoaded(plan, reference.constant(), opcodeOf(constant));
                }
                add(constant, plan, CONSTANT, in, at, refusal);
            }
        }
    }

    /// A dynamic call, or a dynamic constant, and what its arguments need.
    ///
    /// @param seen the visited constants: in a damaged file, a constant may be its own argument
    private void dynamic(MethodView in, int at, int constant, boolean isCall, Set<Integer> seen) {
        if (!seen.add(constant)) {
            return;
        }
        Bootstrap bootstrap = Bootstrap.ofCall(bootstraps, view, constant);
        for (int each : bootstrap.arguments()) {
            if (view.tag(each) == DYNAMIC) {
                dynamic(in, at, each, false, seen);
            } else if (view.tag(each) == METHOD_HANDLE) {
                References.Reference reference = referenceOf(each);
                if (reference != null) {
                    argument(in, at, constant, isCall, bootstrap, each, reference);
                }
            }
        }
    }

    private void argument(
            MethodView in,
            int at,
            int constant,
            boolean isCall,
            Bootstrap bootstrap,
            int handle,
            References.Reference reference) {
        KeyPlan plan = reference.plan();
        if (!isCall || !bootstrap.isImplementation(handle)) {
            String reason = "a MethodHandle constant is an argument of "
                    + bootstrap.method().owner().replace('/', '.') + "."
                    + bootstrap.method().name();
            add(handle, plan, CONSTANT, in, at, reason);
            return;
        }
        String captured = view.utf8(view.u2(MemberConstant.nameAndType(view, constant) + 3));
        String refusal = refusal(reference, opcodeOf(handle));
        if (refusal == null) {
            refusal = rules.ofLambda(view, bootstrap, plan, captured);
        }
        add(handle, plan, LAMBDA, in, at, refusal);
    }

    private void add(int handle, KeyPlan plan, String kind, MethodView in, int at, @Nullable String refusal) {
        handles.add(handle, site(plan, kind, in, at), plan, refusal, plan.own().has(view.name(), in));
    }

    private References.@Nullable Reference referenceOf(int handle) {
        References.Reference found = references.of(MemberConstant.indexOfHandle(view, handle));
        return found != null && found.isIndirect() && !isVirtual(opcodeOf(handle)) ? null : found;
    }

    private int opcodeOf(int handle) {
        return CallRules.opcodeOf(view.u1(view.constant(handle, METHOD_HANDLE) + 1));
    }

    private int target(KeyPlan plan) {
        return targets.computeIfAbsent(plan.key(), each -> {
            DirectTarget target = plan.target();
            return splicer.method(target.owner(), target.name(), target.descriptor(), target.isInInterface());
        });
    }

    private Site site(KeyPlan plan, String kind, MethodView in, int at) {
        Key caller = new Key(view.name().replace('/', '.'), in.name(), in.descriptor());
        return new Site(plan.key(), kind, caller, in.line(at));
    }
}
