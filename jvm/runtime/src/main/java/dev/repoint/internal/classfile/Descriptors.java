package dev.repoint.internal.classfile;

/// Reads valid descriptors of methods (JVMS 4.3.3).
public final class Descriptors {

    private Descriptors() {}

    /// The number of slots that the parameters take; `long` and `double` take two.
    public static int slots(String method) {
        int slots = 0;
        for (int at = 1; method.charAt(at) != ')'; at = next(method, at)) {
            slots += width(method.charAt(at));
        }
        return slots;
    }

    /// Where the type behind the one at an offset begins.
    public static int next(String method, int start) {
        int at = start;
        while (method.charAt(at) == '[') {
            at++;
        }
        return method.charAt(at) == 'L' ? method.indexOf(';', at) + 1 : at + 1;
    }

    /// The descriptor of the result.
    public static String result(String method) {
        return method.substring(method.lastIndexOf(')') + 1);
    }

    /// The number of slots that a value takes.
    ///
    /// @param first the first character of the descriptor of its type
    public static int width(char first) {
        return switch (first) {
            case 'V' -> 0;
            case 'J', 'D' -> 2;
            default -> 1;
        };
    }
}
