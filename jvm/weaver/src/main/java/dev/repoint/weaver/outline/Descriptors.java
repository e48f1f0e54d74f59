package dev.repoint.weaver.outline;

import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.splice.MethodView;

/// Checks method descriptors (JVMS 4.3.3) of class files before other code parses them.
public final class Descriptors {

    private Descriptors() {}

    /// Checks a descriptor.
    ///
    /// @return the descriptor
    /// @throws WeaveException if it is malformed
    public static String checked(String descriptor) {
        int at = 1;
        if (!descriptor.isEmpty() && descriptor.charAt(0) == '(') {
            while (at > 0 && at < descriptor.length() && descriptor.charAt(at) != ')') {
                at = endOfType(descriptor, at);
            }
            if (at > 0 && at < descriptor.length() && endsWithType(descriptor, at + 1)) {
                return descriptor;
            }
        }
        throw new WeaveException("malformed class file: found '" + descriptor + "' where a method descriptor belongs");
    }

    /// Checks the descriptor of a method. It reads each descriptor of a class once.
    ///
    /// @return the descriptor
    /// @throws WeaveException if it is malformed
    public static String checked(MethodView method) {
        String descriptor = method.descriptor();
        return method.parameterSlots() < 0 ? checked(descriptor) : descriptor;
    }

    /// The type of the first parameter of a checked descriptor. It must have one.
    public static String first(String descriptor) {
        return descriptor.substring(1, endOfType(descriptor, 1));
    }

    private static boolean endsWithType(String descriptor, int at) {
        return descriptor.startsWith("V", at) && at + 1 == descriptor.length()
                || at < descriptor.length() && endOfType(descriptor, at) == descriptor.length();
    }

    /// The end of a field type, or -1.
    private static int endOfType(String descriptor, int start) {
        int at = start;
        while (at < descriptor.length() && descriptor.charAt(at) == '[') {
            at++;
        }
        if (at == descriptor.length() || "BCDFIJSZL".indexOf(descriptor.charAt(at)) < 0) {
            return -1;
        }
        if (descriptor.charAt(at) != 'L') {
            return at + 1;
        }
        int end = descriptor.indexOf(';', at);
        return end > at + 1 ? end + 1 : -1;
    }
}
