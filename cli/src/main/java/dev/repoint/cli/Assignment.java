package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.TargetSpec;
import dev.repoint.agent.control.Change;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `KEY=TARGET`, as typed.
///
/// @param key the patchable
/// @param target what it is to lead to
record Assignment(KeyPattern key, TargetSpec target) {

    /// Reads one.
    static final class Converter implements ITypeConverter<Assignment> {
        @Override
        public Assignment convert(String text) {
            return parse(text);
        }
    }

    /// Splits at the first equals sign outside of parentheses: a key has none, a target may (`constant:a=b`).
    ///
    /// @throws TypeConversionException if it has not that form
    static Assignment parse(String text) {
        int equals = separator(text);
        if (equals <= 0 || equals == text.length() - 1) {
            throw new TypeConversionException("'" + text
                    + "' is not KEY=TARGET; write com.acme.Crc.update=com.acme.Fast.update, =default, =nothing or =constant:VALUE");
        }
        try {
            return new Assignment(
                    KeyPattern.parse(text.substring(0, equals)), TargetSpec.parse(text.substring(equals + 1)));
        } catch (PatchException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /// The change to ask for.
    Change change() {
        return new Change(key.text(), target.toString());
    }

    private static int separator(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '=' -> {
                    if (depth <= 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /// As it was typed.
    @Override
    public String toString() {
        return key + "=" + target;
    }
}
