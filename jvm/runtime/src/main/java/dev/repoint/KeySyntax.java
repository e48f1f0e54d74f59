package dev.repoint;

import java.util.ArrayList;
import java.util.List;

/// The quoting of names in keys, patterns and targets.
///
/// A name that holds only what Java's own names do stands as it is. Other languages, and programs that make
/// class files, have names with blanks, commas, parentheses, colons or equals signs. Such a name, or a part of
/// it, stands between backticks, as Kotlin writes it: ``com.acme.Shop.`price of (one), in €`(int)``. Between
/// backticks every character means itself, with three exceptions:
///
/// | written | means |
/// | --- | --- |
/// | `` \` `` | a backtick |
/// | `\\` | a backslash |
/// | a backslash, `u` and four hexadecimal digits | that UTF-16 code unit: a control character, or half a surrogate pair |
///
/// So the text of a key never holds a control character. Names hold no `.`, `;`, `[` or `/` (JVMS 4.2.2), also
/// between backticks.
public final class KeySyntax {

    /// What stands in a pattern for an asterisk that means itself: no name holds it.
    static final char ASTERISK = '/';

    private static final String SPECIAL = "(),=#:;*`[]\\";
    private static final int ESCAPE_LENGTH = 6;

    private KeySyntax() {}

    /// A name as a key has it.
    ///
    /// @param name of a method, a field, or one segment of a class's name
    /// @return the same, or in backticks where a reader of keys would take it for something else
    public static String quoted(String name) {
        boolean plain = !name.isEmpty() && !startsAsOption(name);
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = SPECIAL.indexOf(c) < 0 && c != ' ' && !isEscaped(name, i);
        }
        if (plain) {
            return name;
        }
        StringBuilder text = new StringBuilder("`");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isEscaped(name, i)) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c == '`' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return text.append('`').toString();
    }

    /// The name of a class as a key has it.
    ///
    /// @param binaryName such as `com.acme.Outer$Inner`; of an array with its brackets
    /// @return the same, with those of its segments in backticks that need it
    public static String quotedClass(String binaryName) {
        int end = binaryName.length();
        while (binaryName.startsWith("[]", end - 2)) {
            end -= 2;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (true) {
            int dot = binaryName.indexOf('.', at);
            if (dot < 0 || dot > end) {
                return text.append(quoted(binaryName.substring(at, end)))
                        .append(binaryName.substring(end))
                        .toString();
            }
            text.append(quoted(binaryName.substring(at, dot))).append('.');
            at = dot + 1;
        }
    }

    /// The first place of a character outside of backticks.
    ///
    /// @param text   a key, or text that begins with one
    /// @param wanted any character but a backtick
    /// @param from   where to begin; not between backticks
    /// @return its index, or -1; a backtick without its partner hides all that follows
    public static int indexOf(String text, char wanted, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == wanted) {
                return at;
            }
            at = c == '`' ? endOfQuote(text, at) : at + 1;
        }
        return -1;
    }

    /// Divides a text where a separator stands outside of backticks.
    ///
    /// @param text      any
    /// @param separator what divides it
    /// @return the parts, at least one; they may be empty
    public static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = indexOf(text, separator, 0); at >= 0; at = indexOf(text, separator, start)) {
            parts.add(text.substring(start, at));
            start = at + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    /// The place behind a quoted name.
    ///
    /// @param text any
    /// @param open the index of its first backtick
    /// @return the index behind its last one; the end of the text if it has none
    public static int endOfQuote(String text, int open) {
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != '`') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    /// A path or type without its backticks, as [Glob] takes it.
    ///
    /// @param what  what messages call the whole, such as `key 'com.acme.Crc.update'`
    /// @param part  the path or type
    /// @param barred what it may not hold outside of backticks
    /// @param form  the end of messages: what to write
    /// @throws SyntaxException if it is malformed
    static String unquoted(String what, String part, String barred, String form) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < part.length()) {
            char c = part.charAt(at);
            if (c == '`') {
                int end = endOfQuote(part, at);
                quote(what, part, at, end, plain);
                at = end;
            } else if (barred.indexOf(c) >= 0 || Character.isISOControl(c)) {
                throw new SyntaxException(what + ": '" + (Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : c)
                        + "' at column " + (at + 1)
                        + " is not part of a name" + (c == '/' ? "" : "; put the name in backticks if it is") + form);
            } else {
                plain.append(c);
                at++;
            }
        }
        return plain.toString();
    }

    /// The name that a pattern without wildcards has.
    static String name(String glob) {
        return glob.replace(ASTERISK, '*');
    }

    private static void quote(String what, String part, int open, int end, StringBuilder plain) {
        if (end - open < 2 || part.charAt(end - 1) != '`') {
            throw new SyntaxException(what + ": the backtick at column " + (open + 1) + " has no partner");
        }
        int at = open + 1;
        while (at < end - 1) {
            char c = part.charAt(at);
            int length = 1;
            if (c == '\\' && part.charAt(at + 1) == 'u') {
                c = codeUnit(what, part, at, end - 1);
                length = ESCAPE_LENGTH;
            } else if (c == '\\') {
                c = part.charAt(at + 1);
                length = 2;
                if (c != '`' && c != '\\') {
                    throw new SyntaxException(
                            what + ": found '\\" + c + "' between backticks; write \\\\, \\` or \\u000a");
                }
            } else if (Character.isISOControl(c)) {
                throw new SyntaxException(
                        "%s: write \\u%04x for the control character at column %d".formatted(what, (int) c, at + 1));
            }
            if (".;[/".indexOf(c) >= 0) {
                throw new SyntaxException(
                        what + ": no name holds '" + c + "', also between backticks; put each name between its own");
            }
            plain.append(c == '*' ? ASTERISK : c);
            at += length;
        }
    }

    private static char codeUnit(String what, String part, int at, int end) {
        try {
            String digits = part.substring(at + 2, Math.min(at + ESCAPE_LENGTH, end));
            if (digits.length() == ESCAPE_LENGTH - 2 && digits.charAt(0) != '+' && digits.charAt(0) != '-') {
                return (char) Integer.parseInt(digits, 16);
            }
        } catch (NumberFormatException e) {
            throw new SyntaxException(what + ": '\\u' at column " + (at + 1) + " has not four digits", e);
        }
        throw new SyntaxException(what + ": '\\u' at column " + (at + 1) + " has not four digits");
    }

    /// Whether a text that begins with that name would be taken for a number, an option or the name of a file
    /// of arguments.
    private static boolean startsAsOption(String name) {
        char first = name.charAt(0);
        return first == '-' || first == '+' || first == '@' || Character.isDigit(first);
    }

    /// Whether nobody could see or type a character: controls, marks of direction, odd blanks, halves of pairs.
    private static boolean isEscaped(String name, int at) {
        char c = name.charAt(at);
        if (c < 0x7f) {
            return c < ' ';
        }
        if (Character.isSurrogate(c)) {
            boolean paired = Character.isHighSurrogate(c)
                    ? at + 1 < name.length() && Character.isLowSurrogate(name.charAt(at + 1))
                    : at > 0 && Character.isHighSurrogate(name.charAt(at - 1));
            return !paired;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> false;
        };
    }
}
