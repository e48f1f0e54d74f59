package dev.repoint;

import dev.repoint.internal.report.Excerpt;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a patchable is to lead to, written as text: in a policy, or on the command line.
///
/// | written | leads to |
/// | --- | --- |
/// | `com.acme.Fast.update` | the static method of that name that fits, or for a patchable instance method also an instance method of the same class |
/// | `com.acme.Fast.update(int,byte[])` | the same, told from its overloads |
/// | `com.acme.Fast.update(int,byte[]):int` | the same, told from one that differs in its result alone |
/// | `default` | the default |
/// | `nothing` | nothing; for methods that return void |
/// | `constant:42` | a method that returns that value: of a primitive type, `String` or an enum, or `constant:null` |
/// | `true`, `false`, `null`, `42`, `-1.5` | the same without the word |
///
/// A method that is patchable itself leads on to its own target; in a cycle each leads to the default of the
/// next.
///
/// For a field the same words mean the value that it holds: `constant:FAST`, `true`, or the value of another
/// static field, `com.acme.Sorts.FAST`; for a field of a functional interface also a static method,
/// `com.acme.Fast.update`. `default` is the value that the program gave it last.
public sealed interface TargetSpec {

    /// A method by its name.
    ///
    /// @param owner binary name of its class
    /// @param name its name
    /// @param parameters its parameter list with parentheses, and behind it `:` and the type of its result
    ///     where that is given; or null to take the one that fits
    record Named(String owner, String name, @Nullable String parameters) implements TargetSpec {

        /// The methods that are meant.
        ///
        /// @return a pattern without wildcards
        public KeyPattern pattern() {
            return KeyPattern.parse(toString());
        }

        /// As it is written.
        @Override
        public String toString() {
            return KeySyntax.quotedClass(owner) + "." + KeySyntax.quoted(name) + (parameters == null ? "" : parameters);
        }
    }

    /// The default.
    record Default() implements TargetSpec {
        @Override
        public String toString() {
            return "default";
        }
    }

    /// A method that does nothing.
    record Nothing() implements TargetSpec {
        @Override
        public String toString() {
            return "nothing";
        }
    }

    /// A method that returns a value.
    ///
    /// @param value the value as text; it is read by the return type of the patchable
    record Constant(String value) implements TargetSpec {
        @Override
        public String toString() {
            return "constant:" + value;
        }
    }

    /// Reads a target.
    ///
    /// @param text one of the forms above; blanks around it are dropped, but not those of a constant
    /// @return the target
    /// @throws PatchException if the text has none of these forms
    static TargetSpec parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.stripLeading().startsWith("constant:")) {
            return new Constant(text.stripLeading().substring("constant:".length()));
        }
        String spec = text.strip();
        if (spec.equals("default")) {
            return new Default();
        }
        if (spec.equals("nothing")) {
            return new Nothing();
        }
        if (isLiteral(spec)) {
            return new Constant(spec);
        }
        int open = KeySyntax.indexOf(spec, '(', 0);
        String path = KeySyntax.unquoted(
                "target '" + Excerpt.of(spec) + "'", open < 0 ? spec : spec.substring(0, open), "", "");
        int dot = path.lastIndexOf('.');
        int close = KeySyntax.indexOf(spec, ')', 0);
        boolean isClosed = open < 0 || close == spec.length() - 1 || close > open && spec.startsWith(":", close + 1);
        if (dot <= 0 || dot == path.length() - 1 || Glob.isWild(path) || !isClosed) {
            throw new PatchException("target '" + Excerpt.of(spec)
                    + "': write com.acme.Fast.update, default, nothing or constant:VALUE");
        }
        return new Named(
                KeySyntax.name(path.substring(0, dot)),
                KeySyntax.name(path.substring(dot + 1)),
                open < 0 ? null : spec.substring(open));
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
