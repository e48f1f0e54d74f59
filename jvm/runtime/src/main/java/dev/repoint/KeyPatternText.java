package dev.repoint;

import dev.repoint.internal.report.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a [KeyPattern], as its text has them.
///
/// @param path owner and name, with wildcards
/// @param parameters the types of the parameters, or null if the text has none
/// @param type the return type of a method if there are parameters, else the type of a field; null if the text has
///     none
record KeyPatternText(
        String path,
        @Nullable List<String> parameters,
        @Nullable String type) {

    private static final String FORM = "; write com.acme.Crc.update, com.acme.Crc.update(int,byte[]) or com.acme.**";
    private static final String FIELD_FORM = "; write com.acme.Flags.fast:boolean or com.acme.**:*";

    /// Reads the parts.
    ///
    /// @param whole the text, without blanks around it
    /// @throws SyntaxException if it does not have the form; the message names the place
    static KeyPatternText parse(String whole) {
        int open = KeySyntax.indexOf(whole, '(', 0);
        int close = KeySyntax.indexOf(whole, ')', 0);
        if (open < 0 && close >= 0 || open >= 0 && close < open) {
            throw new SyntaxException("key '" + Excerpt.of(whole) + "': its parentheses do not match" + FORM);
        }
        int colon = KeySyntax.indexOf(whole, ':', 0);
        if (open < 0 && colon >= 0) {
            String type = whole.substring(colon + 1).strip();
            if (type.isEmpty() || KeySyntax.indexOf(type, ':', 0) >= 0) {
                throw new SyntaxException("key '" + Excerpt.of(whole) + "' has no type after its colon" + FIELD_FORM);
            }
            String path = path(whole, whole.substring(0, colon).strip());
            return new KeyPatternText(path, null, type(whole, type));
        }
        String path = path(whole, open < 0 ? whole : whole.substring(0, open).strip());
        if (open < 0) {
            return new KeyPatternText(path, null, null);
        }
        String after = whole.substring(close + 1).strip();
        if (!after.isEmpty() && (after.length() == 1 || after.charAt(0) != ':')) {
            throw new SyntaxException("key '" + Excerpt.of(whole) + "': found '" + Excerpt.of(after)
                    + "' after the parameter list" + FORM);
        }
        String returns = after.isEmpty() ? null : type(whole, after.substring(1).strip());
        return new KeyPatternText(path, types(whole, whole.substring(open + 1, close)), returns);
    }

    private static String path(String whole, String written) {
        if (written.isEmpty()) {
            throw new SyntaxException("key '" + Excerpt.of(whole) + "' is empty" + FORM);
        }
        String path = KeySyntax.unquoted("key '" + Excerpt.of(whole) + "'", written, " /[];,:#=\\", FORM);
        String last = path.substring(path.lastIndexOf('.') + 1);
        if (path.indexOf('.') < 0 && !path.equals("**")) {
            throw new SyntaxException("key '" + Excerpt.of(whole) + "' has no class" + FORM);
        }
        if (last.isEmpty() || path.startsWith(".") || path.contains("..")) {
            throw new SyntaxException("key '" + Excerpt.of(whole) + "' has an empty part between dots" + FORM);
        }
        if (last.contains("**") && !last.equals("**")) {
            throw new SyntaxException("key '" + Excerpt.of(whole)
                    + "': '**' in the last part stands alone; write '*' in '" + Excerpt.of(last)
                    + "'" + FORM);
        }
        return path;
    }

    private static String type(String whole, String written) {
        return KeySyntax.unquoted("key '" + Excerpt.of(whole) + "'", written, " /;,():=#\\", FORM);
    }

    private static List<String> types(String whole, String list) {
        List<String> types = new ArrayList<>();
        if (list.isBlank()) {
            return types;
        }
        for (String part : KeySyntax.split(list, ',')) {
            String type = part.strip();
            if (type.isEmpty()) {
                throw new SyntaxException("key '" + Excerpt.of(whole) + "' has an empty parameter type" + FORM);
            }
            types.add(type(whole, type.endsWith("...") ? type.substring(0, type.length() - 3) + "[]" : type));
        }
        return types;
    }
}
