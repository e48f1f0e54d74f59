package dev.repoint;

/// Text from outside (names, values, messages), made safe to be shown on a terminal or written to a
/// log: it is one line, it moves no cursor, and it reads in the order in which it is written.
///
/// | character | becomes |
/// | --- | --- |
/// | end of line, carriage return, tabulator | `\n`, `\r`, `\t` |
/// | any other control character, those of C1 too | its code, such as `\u001b` |
/// | one that ends a line or a paragraph, or changes the direction of the text | its code, such as `\u202e` |
/// | half a pair of surrogates | its code, such as `\ud800` |
///
/// Everything else stays, so that a key without such characters is shown as it is typed. Whoever wants to tell
/// a shown `\n` from one that is in the name asks for JSON.
public final class SafeText {

    private static final int CODE_DIGITS = 4;

    private SafeText() {}

    /// Makes a text safe.
    ///
    /// @param text any text
    /// @return the text itself if it is safe already
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text, i)) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static String escaped(String text, int first) {
        StringBuilder safe = new StringBuilder(text.length() + CODE_DIGITS + 2).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(text, i)) {
                escape(c, safe);
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                String code = Integer.toHexString(c);
                to.append("\\u").append("0".repeat(CODE_DIGITS - code.length())).append(code);
            }
        }
    }

    private static boolean isUnsafe(String text, int at) {
        char c = text.charAt(at);
        if (c < ' ' || c >= 0x7f && c <= 0x9f) {
            return true;
        }
        if (c < 0x61c) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        // The controls of Unicode's bidirectional algorithm (UAX #9), and its separators of lines and paragraphs.
        return c == 0x61c || c == 0x200e || c == 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
