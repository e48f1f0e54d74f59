package dev.repoint.machine.mangling;

/// What compilers append to the names of copies and parts of functions.
final class Clones {

    private Clones() {}

    /// Where what the compiler appended begins: `.cold`, `.part.0`, `.llvm.123`.
    static int start(String symbol) {
        int at = symbol.indexOf('.', 2);
        while (at > 0 && !isClone(symbol, at)) {
            at = symbol.indexOf('.', at + 1);
        }
        return at < 0 ? symbol.length() : at;
    }

    private static boolean isClone(String symbol, int dot) {
        if (dot + 1 >= symbol.length()) {
            return false;
        }
        char next = symbol.charAt(dot + 1);
        return next >= 'a' && next <= 'z' || next == '_' || next >= '0' && next <= '9';
    }

    /// Writes what was appended.
    static void write(String symbol, int from, Output out) {
        int at = from;
        while (at < symbol.length()) {
            int end = at + 1;
            while (end < symbol.length() && isWord(symbol.charAt(end))) {
                end++;
            }
            while (end + 1 < symbol.length() && symbol.charAt(end) == '.' && isDigit(symbol.charAt(end + 1))) {
                end++;
                while (end < symbol.length() && isDigit(symbol.charAt(end))) {
                    end++;
                }
            }
            if (symbol.charAt(at) != '.' || end == at + 1) {
                throw new UnreadableNameException();
            }
            out.add(" [clone ").add(symbol.substring(at, end)).add(']');
            at = end;
        }
    }

    private static boolean isWord(char each) {
        return each >= 'a' && each <= 'z' || each == '_' || isDigit(each) || each >= 'A' && each <= 'Z';
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }
}
