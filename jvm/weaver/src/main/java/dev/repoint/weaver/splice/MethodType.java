package dev.repoint.weaver.splice;

/// The descriptor of a method in the bytes of a class file (JVMS 4.3.3).
final class MethodType {

    private MethodType() {}

    /// The number of slots that the parameters take; `long` and `double` take two.
    ///
    /// @param start the offset of the descriptor
    /// @param end its end
    /// @return -1 if it is malformed
    static int slots(byte[] bytes, int start, int end) {
        if (start == end || bytes[start] != '(') {
            return -1;
        }
        int slots = 0;
        int at = start + 1;
        while (at < end && bytes[at] != ')') {
            slots += bytes[at] == 'J' || bytes[at] == 'D' ? 2 : 1;
            at = endOfType(bytes, at, end);
        }
        boolean ends = at + 2 == end && bytes[at + 1] == 'V' || at + 1 < end && endOfType(bytes, at + 1, end) == end;
        return ends ? slots : -1;
    }

    /// The end of a type, or behind everything if it is malformed.
    private static int endOfType(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] == '[') {
            at++;
        }
        if (at == end) {
            return Integer.MAX_VALUE;
        }
        switch (bytes[at++]) {
            case 'B', 'C', 'D', 'F', 'I', 'J', 'S', 'Z' -> {
                return at;
            }
            case 'L' -> {
                int name = at;
                while (at < end && bytes[at] != ';') {
                    at++;
                }
                return at == name || at == end ? Integer.MAX_VALUE : at + 1;
            }
            default -> {
                return Integer.MAX_VALUE;
            }
        }
    }
}
