package dev.repoint.machine.mangling;

/// Reads the values of constants in rustc's newer names (Rust RFC 2603, `const`).
final class RustValues {

    private RustValues() {}

    /// Reads one.
    ///
    /// @return the value as Rust writes it
    static String read(Cursor in) {
        char type = in.next();
        boolean isNegative = in.skip('n');
        int start = in.at();
        while (in.peek() != '_') {
            char digit = in.next();
            if (Character.digit(digit, 16) < 0) {
                throw new UnreadableNameException();
            }
        }
        String hex = in.since(start).replaceFirst("^0+(?=.)", "");
        in.next();
        return switch (type) {
            case 'b' -> hex.equals("1") ? "true" : "false";
            case 'c' -> character(hex);
            case 'a', 's', 'l', 'x', 'n', 'i', 'h', 't', 'm', 'y', 'o', 'j' ->
                (isNegative ? "-" : "")
                        + (hex.length() > 16
                                ? "0x" + hex
                                : hex.isEmpty() ? "0" : Long.toUnsignedString(Long.parseUnsignedLong(hex, 16)));
            default -> throw new UnreadableNameException();
        };
    }

    private static String character(String hex) {
        int point = hex.length() > 6 || hex.isEmpty() ? -1 : Integer.parseInt(hex, 16);
        if (!Character.isValidCodePoint(point)) {
            throw new UnreadableNameException();
        }
        return switch (point) {
            case '\t' -> "'\\t'";
            case '\r' -> "'\\r'";
            case '\n' -> "'\\n'";
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            default -> point >= ' ' && point < 0x7f ? "'" + (char) point + "'" : "'\\u{" + hex + "}'";
        };
    }
}
