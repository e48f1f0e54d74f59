package dev.repoint;

import dev.repoint.internal.report.Excerpt;
import java.util.Objects;

/// A pattern for binary names of classes: `com.acme.Crc`, `com.acme.*`, `com.acme.**`.
///
/// `*` stands for any characters within one segment, `**` for any characters at all. A nested class is written
/// with its dollar sign; a name that is none of Java's in backticks, as [KeySyntax] has it. Immutable.
///
/// @param text the pattern as it was written, without surrounding blanks
public record ClassPattern(String text) {

    /// Checks the form.
    ///
    /// @throws SyntaxException if the text is empty or holds what no class name does
    public ClassPattern {
        Objects.requireNonNull(text, "text");
        if (text.isEmpty()) {
            throw new SyntaxException("a class pattern is empty: write com.acme.Crc, com.acme.* or com.acme.**");
        }
        String unused = glob(text);
    }

    /// Reads a pattern.
    ///
    /// @param text such as `com.acme.**`; blanks around it are dropped
    /// @return the pattern
    /// @throws SyntaxException if the text is empty or holds what no class name does
    public static ClassPattern parse(String text) {
        return new ClassPattern(Objects.requireNonNull(text, "text").strip());
    }

    /// Whether a class matches.
    ///
    /// @param binaryName such as `com.acme.Outer$Inner`
    /// @return whether the whole name matches
    public boolean matches(String binaryName) {
        return Glob.matches(
                text.indexOf('`') < 0 ? text : glob(text), Objects.requireNonNull(binaryName, "binaryName"));
    }

    private static String glob(String text) {
        return KeySyntax.unquoted(
                "class pattern '" + Excerpt.of(text) + "'",
                text,
                " /()[];,:=#",
                "; write com.acme.Crc, com.acme.* or com.acme.**");
    }

    /// The pattern as it was written.
    @Override
    public String toString() {
        return text;
    }
}
