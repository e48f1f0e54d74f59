package dev.repoint.weaver.scan;

import dev.repoint.Key;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.SiteScan;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.rules.EntryRules;
import dev.repoint.weaver.rules.FieldRules;
import dev.repoint.weaver.rules.HandleKind;
import dev.repoint.weaver.rules.SiteJudge;
import dev.repoint.weaver.rules.Woven;
import dev.repoint.weaver.rules.WovenMark;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the places of one class that use wanted methods and fields: instructions, method references and
/// `MethodHandle` constants.
final class SiteWalk {

    private static final String METHOD_REFERENCE = "methodref";
    private static final String CONSTANT = "ldc";

    private final ClassView view;
    private final References references;
    private final Map<String, Bridge> bridges = new HashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    /// The method or field of a bridge, and the original form of its use.
    private record Bridge(Key key, String kind) {}

    SiteWalk(ClassView view, References references) {
        this.view = view;
        this.references = references;
    }

    SiteScan run() {
        if (references.any()) {
            boolean woven = view.twoBytesOf(WovenMark.NAME) > 0;
            for (MethodView method : view.methods()) {
                if (woven && Woven.isBridge(view, method)) {
                    learnBridge(method);
                }
            }
            for (MethodView method : view.methods()) {
                if (method.codeLength() > 0
                        && (!woven || !Woven.isBridge(view, method) && !Woven.isTwin(view, method))) {
                    walk(method);
                }
            }
        }
        return new SiteScan(sites, rejections);
    }

    /// Takes the original use of a bridge: a field instruction, the handle of a method reference, or the last call
    /// of a method that is not one of the runtime.
    private void learnBridge(MethodView method) {
        int member = 0;
        String kind = "";
        InstructionCursor at = method.instructions();
        while (at.next()) {
            switch (at.opcode()) {
                case InstructionCursor.GETSTATIC,
                        InstructionCursor.PUTSTATIC,
                        InstructionCursor.INVOKEVIRTUAL,
                        InstructionCursor.INVOKESPECIAL,
                        InstructionCursor.INVOKESTATIC,
                        InstructionCursor.INVOKEINTERFACE -> {
                    if (!OwnClasses.isNamedByWovenCode(view.memberOwner(at.constant()))) {
                        member = at.constant();
                        kind = SiteJudge.kindOf(at.opcode());
                    }
                }
                case InstructionCursor.LDC, InstructionCursor.LDC_W -> {
                    if (view.tag(at.constant()) == ClassView.METHOD_HANDLE) {
                        member = view.handleMember(at.constant());
                        kind = METHOD_REFERENCE;
                    }
                }
                default -> {
                    // no other instruction is the original
                }
            }
        }
        Key key = member == 0 ? null : references.wanted(member);
        if (key != null) {
            bridges.put(method.name() + method.descriptor(), new Bridge(key, kind));
        }
    }

    private void walk(MethodView method) {
        Key in = new Key(view.name().replace('/', '.'), method.name(), Descriptors.checked(method));
        int[] lines = method.lines();
        InstructionCursor at = method.instructions();
        while (at.next()) {
            int line = lines.length == 0 ? -1 : lines[at.bci()];
            switch (at.opcode()) {
                case InstructionCursor.GETSTATIC,
                        InstructionCursor.PUTSTATIC,
                        InstructionCursor.INVOKEVIRTUAL,
                        InstructionCursor.INVOKESPECIAL,
                        InstructionCursor.INVOKESTATIC,
                        InstructionCursor.INVOKEINTERFACE ->
                    add(at.constant(), SiteJudge.kindOf(at.opcode()), in, line);
                case InstructionCursor.INVOKEDYNAMIC -> {
                    boolean isReference =
                            view.bootstrapOf(at.constant()).startsWith("java/lang/invoke/LambdaMetafactory ");
                    for (int handle : handles(view.bootstrapArguments(at.constant()))) {
                        add(view.handleMember(handle), isReference ? METHOD_REFERENCE : CONSTANT, in, line);
                    }
                }
                case InstructionCursor.LDC, InstructionCursor.LDC_W, InstructionCursor.LDC2_W -> {
                    for (int handle : handles(new int[] {at.constant()})) {
                        add(view.handleMember(handle), CONSTANT, in, line);
                        refuseSetter(handle, in, line);
                    }
                }
                default -> {
                    // no other instruction contains a member
                }
            }
        }
    }

    private void refuseSetter(int handle, Key in, int line) {
        boolean sets = view.handleKind(handle) == HandleKind.STATIC_SETTER;
        Key key = sets ? references.wanted(view.handleMember(handle)) : null;
        if (key != null) {
            rejections.add(new Rejection(
                    key,
                    "a MethodHandle constant in " + in + (line < 0 ? "" : " at line " + line)
                            + " assigns it; its readers do not see this assignment"));
        }
    }

    /// The method handles among constants, and among the arguments of dynamic constants.
    private List<Integer> handles(int[] constants) {
        List<Integer> handles = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int constant : constants) {
            open.add(constant);
        }
        while (!open.isEmpty()) {
            int next = open.removeFirst();
            int tag = view.tag(next);
            if (tag == ClassView.METHOD_HANDLE) {
                handles.add(next);
            } else if (tag == ClassView.DYNAMIC && seen.add(next)) {
                for (int argument : view.bootstrapArguments(next)) {
                    open.add(argument);
                }
            }
        }
        return handles;
    }

    private void add(int member, String kind, Key in, int line) {
        Key key = references.wanted(member);
        if (key != null) {
            add(key, kind, in, line);
            return;
        }
        Bridge bridge = bridgeOf(member);
        if (bridge != null) {
            add(bridge.key, kind.startsWith("invoke") ? bridge.kind : kind, in, line);
        }
    }

    private void add(Key key, String kind, Key in, int line) {
        sites.add(new Site(key, kind, in, line));
        boolean own = key.isField() && FieldRules.isOwnInitializer(key, in);
        if (view.majorVersion() < EntryRules.LEAST_VERSION && !own) {
            rejections.add(new Rejection(
                    key,
                    "its " + kind + " in " + in + (line < 0 ? "" : " at line " + line)
                            + " cannot be patched: class file version " + view.majorVersion()
                            + " has no invokedynamic"));
        }
    }

    private @Nullable Bridge bridgeOf(int member) {
        boolean own = !bridges.isEmpty() && view.memberOwner(member).equals(view.name());
        return own ? bridges.get(view.memberName(member) + view.memberType(member)) : null;
    }
}
