package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the places of one class that use wanted methods and fields: instructions, method references and
/// `MethodHandle` constants.
final class SiteWalk {

    private static final String METHOD_REFERENCE = "methodref";
    private static final String CONSTANT = "ldc";
    private static final String LAMBDA_METAFACTORY = "java/lang/invoke/LambdaMetafactory";

    private final ClassModel model;
    private final References references;
    private final Map<String, Bridge> bridges = new HashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    /// The method or field of a bridge, and the original form of its use.
    private record Bridge(Key key, String kind) {}

    SiteWalk(ClassModel model, References references) {
        this.model = model;
        this.references = references;
    }

    SiteScan run() {
        if (references.any(model.constantPool())) {
            boolean woven = WovenMark.formatOf(model) > 0;
            if (woven) {
                model.methods().forEach(this::learnBridge);
            }
            for (MethodModel method : model.methods()) {
                if (!woven || !Woven.isBridge(model, method) && !Woven.isTwin(model, method)) {
                    walk(method);
                }
            }
        }
        return new SiteScan(sites, rejections);
    }

    private void learnBridge(MethodModel method) {
        if (!Woven.isBridge(model, method)) {
            return;
        }
        InvokeInstruction last = null; // the original instruction is the default, which comes last
        for (CodeElement element : method.code().orElseThrow()) {
            if (element instanceof FieldInstruction field) {
                Key key = references.wanted(field.field());
                if (key != null) {
                    bridges.put(memberOf(method), new Bridge(key, kindOf(field.opcode())));
                }
                return;
            }
            last = element instanceof InvokeInstruction invoke ? invoke : last;
        }
        Key key = last == null ? null : references.wanted(last.method());
        if (last != null && key != null) {
            bridges.put(memberOf(method), new Bridge(key, kindOf(last.opcode())));
        }
    }

    private void walk(MethodModel method) {
        Key in = new Key(
                model.thisClass().asInternalName().replace('/', '.'),
                method.methodName().stringValue(),
                Descriptors.checked(method.methodType().stringValue()));
        int line = -1;
        CodeModel code = method.code().orElse(null);
        if (code == null) {
            return;
        }
        Answered answered = new Answered();
        for (CodeElement element : code) {
            boolean done = answered.accept(element);
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof InvokeInstruction invoke) {
                add(invoke.method(), kindOf(invoke.opcode()), in, line);
            } else if (element instanceof FieldInstruction field && isStatic(field)) {
                add(field.field(), kindOf(field.opcode()), in, line);
            } else if (element instanceof InvokeDynamicInstruction dynamic) {
                for (MethodHandleEntry handle :
                        handles(dynamic.invokedynamic().bootstrap().arguments())) {
                    add(handle.reference(), kindOf(dynamic), in, line);
                }
            } else if (element instanceof ConstantInstruction.LoadConstantInstruction load && !done) {
                for (MethodHandleEntry handle : handles(List.of(load.constantEntry()))) {
                    add(handle.reference(), CONSTANT, in, line);
                    refuseSetter(handle, in, line);
                }
            }
        }
    }

    private void refuseSetter(MethodHandleEntry handle, Key in, int line) {
        Key key = handle.kind() == Kind.STATIC_SETTER.refKind ? references.wanted(handle.reference()) : null;
        if (key != null) {
            rejections.add(new Rejection(
                    key,
                    "a MethodHandle constant in " + in + (line < 0 ? "" : " at line " + line)
                            + " assigns it; its readers do not see this assignment"));
        }
    }

    private static boolean isStatic(FieldInstruction field) {
        return field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC;
    }

    /// The method handles among constants, and among the arguments of dynamic constants.
    private static List<MethodHandleEntry> handles(List<LoadableConstantEntry> constants) {
        List<MethodHandleEntry> handles = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        Deque<LoadableConstantEntry> open = new ArrayDeque<>(constants);
        while (!open.isEmpty()) {
            LoadableConstantEntry constant = open.removeFirst();
            if (constant instanceof MethodHandleEntry handle) {
                handles.add(handle);
            } else if (constant instanceof ConstantDynamicEntry dynamic && seen.add(dynamic.index())) {
                open.addAll(dynamic.bootstrap().arguments());
            }
        }
        return handles;
    }

    private void add(MemberRefEntry reference, String kind, Key in, int line) {
        Key key = references.wanted(reference);
        if (key != null) {
            add(key, kind, in, line);
            return;
        }
        Bridge bridge = bridgeOf(reference);
        if (bridge != null) {
            boolean instruction = kind.startsWith("invoke");
            add(bridge.key, instruction ? bridge.kind : kind, in, line);
        }
    }

    private void add(Key key, String kind, Key in, int line) {
        sites.add(new Site(key, kind, in, line));
        boolean own = key.isField() && FieldRules.isOwnInitializer(key, in);
        if (model.majorVersion() < EntryRules.LEAST_VERSION && !own) {
            rejections.add(new Rejection(
                    key,
                    "its " + kind + " in " + in + (line < 0 ? "" : " at line " + line)
                            + " cannot be patched: class file version " + model.majorVersion()
                            + " has no invokedynamic"));
        }
    }

    private @Nullable Bridge bridgeOf(MemberRefEntry reference) {
        boolean own = !bridges.isEmpty()
                && reference.owner().name().equals(model.thisClass().name());
        return own
                ? bridges.get(reference.name().stringValue() + reference.type().stringValue())
                : null;
    }

    private static String memberOf(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static String kindOf(Opcode opcode) {
        return opcode.name().toLowerCase(Locale.ROOT);
    }

    private static String kindOf(InvokeDynamicInstruction dynamic) {
        MemberRefEntry bootstrap =
                dynamic.invokedynamic().bootstrap().bootstrapMethod().reference();
        return bootstrap.owner().name().equalsString(LAMBDA_METAFACTORY) ? METHOD_REFERENCE : CONSTANT;
    }
}
