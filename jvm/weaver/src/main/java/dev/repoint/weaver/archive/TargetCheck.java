package dev.repoint.weaver.archive;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.internal.targets.Constants;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a target that is decided for a file is there and fits, as far as class files tell. Nothing is
/// loaded.
///
/// @param file    for messages
/// @param classes those that the file sees
record TargetCheck(Path file, ClassSource classes) {

    private static final int BRIDGE = 0x0040;
    private static final int ENUM = 0x4000;

    /// A method or static field that is patched.
    ///
    /// @param type     the type of a field, or what a method returns
    /// @param receiver whether it is an instance method
    private record Wanted(Key key, ClassDesc type, boolean receiver) {

        /// How many arguments its target gets.
        int arguments() {
            return MethodTypeDesc.ofDescriptor(key.descriptor()).parameterCount() + (receiver ? 1 : 0);
        }
    }

    /// Checks all that a key means.
    ///
    /// @throws WeaveException if the target does not fit one of them
    void require(Policy policy) {
        for (Wanted each : wanted(policy.key())) {
            Target.Written target = policy.target();
            if (target instanceof Target.Nothing) {
                nothing(each);
            } else if (target instanceof Target.Constant constant) {
                constant(each, constant.text());
            } else if (target instanceof Target.Named named) {
                named(each, named);
            } // the default fits
        }
    }

    private List<Wanted> wanted(KeyPattern pattern) {
        List<Wanted> all = new ArrayList<>();
        ClassView owner = model(pattern.owner());
        if (owner == null) {
            throw new WeaveException(file + ": " + pattern + ": the class is not in it");
        }
        for (MethodView each : owner.methods()) {
            Key key = key(pattern.owner(), each);
            if (pattern.matches(key) && (each.flags() & BRIDGE) == 0) {
                all.add(new Wanted(key, typeOf(each).returnType(), !isStatic(each)));
            }
        }
        for (FieldView each : owner.fields()) {
            Key key = new Key(pattern.owner(), each.name(), each.descriptor());
            if (pattern.matches(key)) {
                all.add(new Wanted(key, ClassDesc.ofDescriptor(each.descriptor()), false));
            }
        }
        return all;
    }

    private void nothing(Wanted wanted) {
        if (wanted.key.isField() || !wanted.type.descriptorString().equals("V")) {
            throw refused(wanted, "'nothing' is for methods that return void; write constant:VALUE");
        }
    }

    private void constant(Wanted wanted, String value) {
        ClassDesc type = wanted.type;
        if (!wanted.key.isField() && type.descriptorString().equals("V")) {
            throw refused(wanted, "it returns void and no constant; write nothing");
        }
        Class<?> known = known(type);
        try {
            if (known != null) {
                @Nullable Object unused = Constants.parse(wanted.key, known, value);
            } else if (!value.equals("null") && !isEnumConstant(type, value)) {
                throw refused(wanted, "'" + value + "' is no value of " + type.displayName());
            }
        } catch (PatchException e) {
            throw refused(wanted, String.valueOf(e.getMessage()));
        }
    }

    /// A type of the JDK that values can be written of; null for others.
    private static @Nullable Class<?> known(ClassDesc type) {
        boolean isOfJdk = type.isPrimitive()
                || type.isClassOrInterface() && type.packageName().equals("java.lang");
        return isOfJdk
                ? MethodType.fromMethodDescriptorString("()" + type.descriptorString(), null)
                        .returnType()
                : null;
    }

    private boolean isEnumConstant(ClassDesc type, String name) {
        String descriptor = type.descriptorString();
        ClassView model = type.isClassOrInterface()
                ? model(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'))
                : null;
        return model != null
                && Arrays.stream(model.fields())
                        .anyMatch(each ->
                                (each.flags() & ENUM) != 0 && each.name().equals(name));
    }

    private void named(Wanted wanted, Target.Named named) {
        ClassView owner = model(named.owner());
        if (owner == null) {
            throw refused(
                    wanted, "its target " + named + " has no class in it, nor in the JDK; put that into it first");
        }
        boolean isField = Arrays.stream(owner.fields())
                .anyMatch(each -> each.name().equals(named.name()) && Modifier.isStatic(each.flags()));
        if (wanted.key.isField() && named.parameters() == null && isField) {
            return;
        }
        List<MethodView> methods = Arrays.stream(owner.methods())
                .filter(each -> isMeant(named, each))
                .toList();
        if (methods.isEmpty()) {
            throw refused(
                    wanted,
                    "its target " + named + " is not there: " + named.owner() + " has "
                            + String.join(
                                    ", ",
                                    Arrays.stream(owner.methods())
                                            .map(each -> each.name())
                                            .filter(each -> each.charAt(0) != '<')
                                            .distinct()
                                            .sorted()
                                            .toList()));
        }
        boolean isItself = !wanted.key.isField()
                && named.owner().equals(wanted.key.owner())
                && methods.stream().anyMatch(each -> wanted.key.equals(key(named.owner(), each)));
        if (isItself) {
            throw refused(wanted, "it would lead to itself; write default");
        }
        if (methods.stream().noneMatch(each -> wanted.key.isField() ? isStatic(each) : fits(wanted, named, each))) {
            throw refused(
                    wanted,
                    "its target " + key(named.owner(), methods.get(0))
                            + " does not fit: it has to be static and take "
                            + (wraps(methods.get(0)) ? "the original, and then " : "") + "the same arguments"
                            + (wanted.receiver ? ", the receiver first" : ""));
        }
    }

    private static boolean isMeant(Target.Named named, MethodView method) {
        return method.name().equals(named.name()) && named.pattern().matches(key(named.owner(), method));
    }

    /// Whether a call of one may be one of the other. That references are of the right types is seen at the
    /// first call.
    private boolean fits(Wanted wanted, Target.Named named, MethodView method) {
        boolean wraps = wraps(method);
        boolean isOwn = wanted.receiver && named.owner().equals(wanted.key.owner());
        if (!isStatic(method) && (wraps || !isOwn)) {
            return false;
        }
        MethodTypeDesc type = typeOf(method);
        if (wraps) {
            if (!receivesOriginal(type.parameterType(0))) {
                return false;
            }
            type = type.dropParameterTypes(0, 1);
        }
        MethodTypeDesc given = MethodTypeDesc.ofDescriptor(wanted.key.descriptor());
        int receivers = isStatic(method) ? 0 : 1;
        if (type.parameterCount() + receivers != wanted.arguments()) {
            return false;
        }
        if (wanted.receiver && receivers == 0 && type.parameterType(0).isPrimitive()) {
            return false;
        }
        int shift = wanted.arguments() - given.parameterCount() - receivers;
        for (int i = 0; i < given.parameterCount(); i++) {
            if (type.parameterType(i + shift).isPrimitive()
                    != given.parameterType(i).isPrimitive()) {
                return false;
            }
        }
        boolean isVoid = given.returnType().descriptorString().equals("V");
        return isVoid
                || type.returnType().isPrimitive() == given.returnType().isPrimitive()
                        && !type.returnType().descriptorString().equals("V");
    }

    /// Whether the first parameter of a method is marked to receive the default.
    private static boolean wraps(MethodView method) {
        return method.firstParameterCarries("Ldev/repoint/Original;");
    }

    /// Whether a type is a method handle or an interface, as far as class files tell.
    private boolean receivesOriginal(ClassDesc type) {
        if (!type.isClassOrInterface() || type.equals(ConstantDescs.CD_MethodHandle)) {
            return type.isClassOrInterface();
        }
        String descriptor = type.descriptorString();
        ClassView model = model(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        return model == null || Modifier.isInterface(model.flags());
    }

    private static MethodTypeDesc typeOf(MethodView method) {
        return MethodTypeDesc.ofDescriptor(method.descriptor());
    }

    private static boolean isStatic(MethodView method) {
        return Modifier.isStatic(method.flags());
    }

    private static Key key(String owner, MethodView method) {
        return new Key(owner, method.name(), method.descriptor());
    }

    private @Nullable ClassView model(String owner) {
        byte[] bytes = classes.find(owner.replace('.', '/'));
        return bytes == null ? null : ClassView.of(bytes);
    }

    private WeaveException refused(Wanted wanted, String reason) {
        return new WeaveException(file + ": " + wanted.key + ": " + reason);
    }
}
