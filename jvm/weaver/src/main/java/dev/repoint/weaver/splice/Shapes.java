package dev.repoint.weaver.splice;

import dev.repoint.shape.Shape;
import java.util.HashMap;
import java.util.Map;

/// The constants of the shapes that one class calls.
final class Shapes {

    private final Constants constants;
    private final Map<String, Constant> byName = new HashMap<>();
    private int methodName;

    /// The constants of a shape.
    ///
    /// @param kinds the kinds of its arguments, as [Moves] has them
    /// @param result the kind of its result
    /// @param type the constant of the interface
    /// @param call the constant of its method
    record Constant(String kinds, char result, int type, int call) {}

    Shapes(Constants constants) {
        this.constants = constants;
    }

    /// The shape of a method.
    Constant of(String descriptor, boolean isStatic) {
        String name = Shape.nameOf(descriptor, isStatic);
        Constant known = byName.get(name);
        if (known == null) {
            known = add(name, Shape.callDescriptor(name));
            byName.put(name, known);
        }
        return known;
    }

    private Constant add(String name, String callDescriptor) {
        if (methodName == 0) {
            methodName = constants.addAscii(Shape.METHOD);
        }
        int type = constants.addType(constants.addAscii(name));
        int nameAndType = constants.addNameAndType(methodName, constants.addAscii(callDescriptor));
        int end = name.lastIndexOf('_');
        return new Constant(
                name.substring(name.indexOf('_') + 1, end),
                name.charAt(end + 1),
                type,
                constants.addInterfaceMethod(type, nameAndType));
    }
}
