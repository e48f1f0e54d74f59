package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The code of targets: their bodies, and the bodies of their lambdas. Its calls of the key keep their meaning, so
/// a target can call what it replaces.
final class OwnCode {

    private static final int INVOKE_DYNAMIC = 0xBA;
    private static final int SYNTHETIC = 0x1000;

    private final Set<String> methods = new HashSet<>();

    OwnCode(List<DirectTarget> targets) {
        for (DirectTarget each : targets) {
            add(each.method().owner(), each.method().method());
        }
    }

    /// Whether a method is part of it.
    boolean has(String internalName, MethodView method) {
        return methods.contains(member(internalName, method.name(), method.descriptor()));
    }

    private void add(ClassFacts owner, MethodView method) {
        if (!methods.add(member(owner.name(), method.name(), method.descriptor()))) {
            return;
        }
        ClassView view = owner.view();
        Bootstrap[] bootstraps = Bootstrap.of(view);
        method.forEachInstruction((opcode, at, length) -> {
            if (opcode == INVOKE_DYNAMIC) {
                for (int handle :
                        Bootstrap.ofCall(bootstraps, view, view.u2(at + 1)).handles(view)) {
                    MemberConstant member = MemberConstant.ofHandle(view, handle);
                    MethodView lambda =
                            member.owner().equals(owner.name()) ? owner.method(member.name(), member.type()) : null;
                    if (lambda != null && (lambda.flags() & SYNTHETIC) != 0) {
                        add(owner, lambda);
                    }
                }
            }
        });
    }

    private static String member(String owner, String name, String descriptor) {
        return owner + " " + name + " " + descriptor;
    }
}
