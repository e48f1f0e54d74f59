package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.KeySyntax;
import dev.repoint.SafeText;
import dev.repoint.Target;
import dev.repoint.agent.control.Change;

/// `KEY=TARGET`, as typed.
///
/// @param key the patchable
/// @param target what it is to lead to
record Assignment(KeyPattern key, Target.Written target) {

    /// Splits at the first equals sign outside of parentheses and backticks: a key has none, a target may
    /// (`constant:a=b`).
    ///
    /// @throws IllegalArgumentException if it has not that form
    static Assignment parse(String text) {
        int equals = separator(text);
        if (equals <= 0 || equals == text.length() - 1) {
            throw new IllegalArgumentException(SafeText.of("'" + text
                    + "' is not KEY=TARGET; write com.acme.Crc.update=com.acme.Fast.update, =default, =nothing or"
                    + " =constant:VALUE"));
        }
        return new Assignment(KeyPattern.parse(text.substring(0, equals)), Target.parse(text.substring(equals + 1)));
    }

    /// The change to ask for.
    Change change() {
        return new Change(key.text(), target.toString());
    }

    private static int separator(String text) {
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '=' -> {
                    if (depth <= 0) {
                        return at;
                    }
                }
                default -> {}
            }
            at = text.charAt(at) == '`' ? KeySyntax.endOfQuote(text, at) : at + 1;
        }
        return -1;
    }

    /// As it was typed.
    @Override
    public String toString() {
        return key + "=" + target;
    }
}
