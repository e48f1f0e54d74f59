package dev.repoint.weaver;

import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.IntegerEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides which `invokedynamic` instructions and dynamic constants have the same meaning in another class of the
/// nest.
///
/// Those of the JDK's bootstrap methods do: these methods use the look-up of the class only for access, and a
/// nestmate has the same access. Other bootstrap methods may depend on the class.
final class LinkRules {

    private static final int FLAGS = 3;
    private static final int SERIALIZABLE = 1;

    private LinkRules() {}

    /// The reason why an instruction depends on its class.
    ///
    /// @return one line, or null if it does not
    static @Nullable String refusal(InvokeDynamicEntry call) {
        LinkCalls.Role role = PoolEntries.roleOf(call);
        if (role == LinkCalls.Role.ENTRY) {
            return "another agent has inserted code before its prologue";
        }
        if (role != LinkCalls.Role.OTHER) {
            return null;
        }
        BootstrapMethodEntry bootstrap = call.bootstrap();
        return isSerializableLambda(bootstrap)
                ? "it makes a serializable lambda, and the serial form contains the name of its class"
                : refusal(bootstrap);
    }

    /// The reason why a constant depends on its class.
    ///
    /// @return one line, or null if it does not
    static @Nullable String refusal(LoadableConstantEntry constant) {
        if (!(constant instanceof ConstantDynamicEntry dynamic)) {
            return null;
        }
        for (LoadableConstantEntry argument : dynamic.bootstrap().arguments()) {
            if (argument instanceof ConstantDynamicEntry
                    || argument instanceof MethodHandleEntry handle && handle.kind() == Kind.SPECIAL.refKind) {
                return "it has a dynamic constant that depends on another dynamic constant, or on a call of super";
            }
        }
        return refusal(dynamic.bootstrap());
    }

    /// The method handles in a constant.
    static List<MethodHandleEntry> handles(LoadableConstantEntry constant) {
        List<MethodHandleEntry> handles = new ArrayList<>();
        if (constant instanceof MethodHandleEntry handle) {
            handles.add(handle);
        } else if (constant instanceof ConstantDynamicEntry dynamic) {
            for (LoadableConstantEntry argument : dynamic.bootstrap().arguments()) {
                if (argument instanceof MethodHandleEntry handle) {
                    handles.add(handle);
                }
            }
        }
        return handles;
    }

    private static @Nullable String refusal(BootstrapMethodEntry bootstrap) {
        MemberRefEntry method = bootstrap.bootstrapMethod().reference();
        String owner = method.owner().asInternalName();
        return owner.startsWith("java/lang/invoke/") || owner.startsWith("java/lang/runtime/")
                ? null
                : "its bootstrap method " + owner.replace('/', '.') + "."
                        + method.name().stringValue() + " may depend on the class";
    }

    private static boolean isSerializableLambda(BootstrapMethodEntry bootstrap) {
        List<LoadableConstantEntry> arguments = bootstrap.arguments();
        return bootstrap.bootstrapMethod().reference().name().equalsString("altMetafactory")
                && arguments.size() > FLAGS
                && arguments.get(FLAGS) instanceof IntegerEntry flags
                && (flags.intValue() & SERIALIZABLE) != 0;
    }
}
