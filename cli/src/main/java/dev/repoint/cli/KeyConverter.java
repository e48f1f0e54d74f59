package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A key or a pattern of keys, as typed.
final class KeyConverter implements ITypeConverter<KeyPattern> {

    @Override
    public KeyPattern convert(String text) {
        try {
            return KeyPattern.parse(text);
        } catch (PatchException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
