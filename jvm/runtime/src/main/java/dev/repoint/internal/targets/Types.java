package dev.repoint.internal.targets;

import java.lang.invoke.MethodType;
import java.util.stream.Collectors;

/// Which method types can stand for which, and how messages write them.
final class Types {

    private Types() {}

    /// Whether a method of one type can be called in place of another without a cast that might fail: primitive
    /// types are the same, each parameter takes at least what is passed, the result is at least what is wanted.
    static boolean fits(MethodType target, MethodType wanted) {
        return fitsParameters(target, wanted) && fits(target.returnType(), wanted.returnType());
    }

    /// As [#fits(MethodType, MethodType)], the result left aside.
    static boolean fitsParameters(MethodType target, MethodType wanted) {
        if (target.parameterCount() != wanted.parameterCount()) {
            return false;
        }
        for (int i = 0; i < target.parameterCount(); i++) {
            if (!fits(wanted.parameterType(i), target.parameterType(i))) {
                return false;
            }
        }
        return true;
    }

    /// The type with every reference type replaced by `Object`, and every small integer type by `int`: what the
    /// `call` method of a [dev.repoint.shape.Shape] has.
    static MethodType erased(MethodType type) {
        MethodType erased = type;
        for (int i = 0; i < type.parameterCount(); i++) {
            erased = erased.changeParameterType(i, erased(type.parameterType(i)));
        }
        return erased.changeReturnType(erased(type.returnType()));
    }

    /// A method type with the full names of its classes: `(int,byte[])int`.
    static String text(MethodType type) {
        return type.parameterList().stream().map(Class::getTypeName).collect(Collectors.joining(",", "(", ")"))
                + type.returnType().getTypeName();
    }

    /// Whether a value of one type is one of another without a cast that might fail.
    static boolean fits(Class<?> from, Class<?> to) {
        return from == to || !from.isPrimitive() && !to.isPrimitive() && to.isAssignableFrom(from);
    }

    private static Class<?> erased(Class<?> type) {
        if (!type.isPrimitive()) {
            return Object.class;
        }
        boolean small = type == boolean.class || type == byte.class || type == char.class || type == short.class;
        return small ? int.class : type;
    }
}
