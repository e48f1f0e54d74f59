package dev.repoint.weaver.rules;

import dev.repoint.weaver.splice.ClassView;

/// The calls of `Field.set` and its variants. They assign a field that only the running program knows. After the
/// assignment, woven code reports the field to the runtime, so its readers get the new value.
final class ReflectiveWrites {

    /// The class of these methods.
    static final String FIELD = "java/lang/reflect/Field";

    private ReflectiveWrites() {}

    /// Whether a class has such calls that were not woven before.
    static boolean areIn(ClassView view) {
        boolean found = false;
        for (int i = 1; i < view.poolSize(); i++) {
            if (view.tag(i) == ClassView.METHOD) {
                if (LinkCalls.isAssigned(view.memberOwner(i), view.memberName(i))) {
                    return false;
                }
                found |= is(view, i);
            }
        }
        return found;
    }

    /// Whether the constant of a method is one of these.
    static boolean is(ClassView view, int method) {
        return view.memberOwner(method).equals(FIELD)
                && switch (view.memberName(method)) {
                    case "set",
                            "setBoolean",
                            "setByte",
                            "setChar",
                            "setShort",
                            "setInt",
                            "setLong",
                            "setFloat",
                            "setDouble" ->
                        view.memberType(method).startsWith("(Ljava/lang/Object;")
                                && view.memberType(method).endsWith(")V");
                    default -> false;
                };
    }
}
