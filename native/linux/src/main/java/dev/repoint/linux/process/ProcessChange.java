package dev.repoint.linux.process;

import dev.repoint.machine.site.KeyResolver;

/// A patchable of another process, and what it is to lead to. Immutable.
///
/// @param key    such as `crc32`, `util.c:crc32`, `libz.so.1:crc32`, `ops+8`
/// @param target a function (`crc32_simd`, `libfix.so:crc32`), `nothing`, `zero` or `default`
public record ProcessChange(String key, String target) {

    /// Checks that neither is empty.
    ///
    /// @throws IllegalArgumentException if one is
    public ProcessChange {
        if (key.isBlank() || target.isBlank()) {
            throw new IllegalArgumentException("'" + key + "=" + target + "' is not KEY=TARGET; write crc32=crc32_simd,"
                    + " =nothing, =zero or =default");
        }
    }

    /// Reads `KEY=TARGET`.
    ///
    /// @throws IllegalArgumentException if it has not that form; the message says what was found and what to
    ///     write
    public static ProcessChange parse(String text) {
        int equals = KeyResolver.separator(text);
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not KEY=TARGET; write crc32=crc32_simd, =nothing, =zero or =default");
        }
        return new ProcessChange(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
}
