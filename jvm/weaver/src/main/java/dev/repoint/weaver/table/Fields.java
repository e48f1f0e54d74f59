package dev.repoint.weaver.table;

import java.util.ArrayList;
import java.util.List;

/// The fields of one line. Tabs separate them, and backslash escapes allow any name of a class file.
final class Fields {

    private static final int ESCAPE_DIGITS = 4;

    private Fields() {}

    /// A line, without its line end.
    static String join(String... fields) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                line.append('\t');
            }
            escape(fields[i], line);
        }
        return line.toString();
    }

    /// Divides a line into its fields.
    ///
    /// @throws IllegalArgumentException if an escape is malformed; the message quotes it
    static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split("\t", -1)) {
            fields.add(field.indexOf('\\') < 0 ? field : unescape(field));
        }
        return fields;
    }

    private static void escape(String field, StringBuilder line) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                line.append("\\\\");
            } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                line.append("\\u%04x".formatted((int) c));
            } else {
                line.append(c);
            }
        }
    }

    private static String unescape(String field) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c != '\\') {
                text.append(c);
                at++;
            } else if (field.startsWith("\\\\", at)) {
                text.append('\\');
                at += 2;
            } else {
                int end = at + 2 + ESCAPE_DIGITS;
                if (!field.startsWith("\\u", at) || end > field.length()) {
                    throw malformed(field, at);
                }
                text.append(codeUnit(field, at, end));
                at = end;
            }
        }
        return text.toString();
    }

    private static char codeUnit(String field, int at, int end) {
        int value = 0;
        for (int i = at + 2; i < end; i++) {
            int digit = Character.digit(field.charAt(i), 16);
            if (digit < 0) {
                throw malformed(field, at);
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private static IllegalArgumentException malformed(String field, int at) {
        String rest = field.substring(at, Math.min(field.length(), at + 2 + ESCAPE_DIGITS));
        return new IllegalArgumentException("found '" + rest + "' where \\\\ or \\uXXXX was expected");
    }
}
