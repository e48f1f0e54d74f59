package dev.repoint;

import dev.repoint.internal.report.Excerpt;
import org.jspecify.annotations.Nullable;

/// A method, or static field, as a target names it in text.
///
/// @param owner binary name of the class
/// @param name its name
/// @param parameters what is written behind the name: the parameters in parentheses, with a type; null for none
record TargetText(String owner, String name, @Nullable String parameters) {

    private static final String CONSTANT = "constant:";

    /// The value that a text gives, or null if it means something else.
    static @Nullable String constant(String text) {
        if (text.stripLeading().startsWith(CONSTANT)) {
            return text.stripLeading().substring(CONSTANT.length());
        }
        String spec = text.strip();
        return isLiteral(spec) ? spec : null;
    }

    /// Reads a name.
    ///
    /// @throws SyntaxException if the text has another form
    static TargetText parse(String spec) {
        int open = KeySyntax.indexOf(spec, '(', 0);
        String path = KeySyntax.unquoted(
                "target '" + Excerpt.of(spec) + "'", open < 0 ? spec : spec.substring(0, open), "", "");
        int dot = path.lastIndexOf('.');
        int close = KeySyntax.indexOf(spec, ')', 0);
        boolean isClosed = open < 0 || close == spec.length() - 1 || close > open && spec.startsWith(":", close + 1);
        if (dot <= 0 || dot == path.length() - 1 || Glob.isWild(path) || !isClosed) {
            throw new SyntaxException("target '" + Excerpt.of(spec)
                    + "': write com.acme.Fast.update, default, nothing or constant:VALUE");
        }
        String parameters = open < 0 ? null : spec.substring(open);
        if (parameters != null) {
            KeyPattern unused = KeyPattern.parse("a.b" + parameters); // refuses those that are none
        }
        return new TargetText(
                KeySyntax.name(path.substring(0, dot)), KeySyntax.name(path.substring(dot + 1)), parameters);
    }

    /// Whether a text can only be meant as a value: no class has a name that starts with a digit.
    private static boolean isLiteral(String spec) {
        return switch (spec) {
            case "true", "false", "null" -> true;
            case "" -> false;
            default -> {
                boolean signed = spec.charAt(0) == '-' || spec.charAt(0) == '+';
                yield spec.length() > (signed ? 1 : 0) && Character.isDigit(spec.charAt(signed ? 1 : 0));
            }
        };
    }
}
