package dev.repoint.linux.process;

import dev.repoint.linux.NativeTarget;
import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;
import java.util.Objects;

/// A patchable of another process and its new target. Immutable.
///
/// @param key    such as `crc32`, `util.c:crc32`, `libz.so.1:crc32`, `ops+8`
/// @param target a [symbol][NativeTarget#symbol], also one of a module (`libfix.so:crc32`);
///     [nothing][NativeTarget#nothing], [zero][NativeTarget#zero] or the [default][NativeTarget#byDefault]
public record ProcessChange(NativeKey key, NativeTarget target) {

    /// Checks that both are there.
    public ProcessChange {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(target, "target");
    }

    /// Reads `KEY=TARGET`.
    ///
    /// @throws IllegalArgumentException if the text has another form; the message says what was found and what
    ///     to write
    public static ProcessChange parse(String text) {
        int equals = KeyResolver.separator(text);
        String key = equals < 0 ? "" : text.substring(0, equals).strip();
        String target = equals < 0 ? "" : text.substring(equals + 1).strip();
        if (key.isEmpty() || target.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not KEY=TARGET; write crc32=crc32_simd, =nothing, =zero or =default");
        }
        return new ProcessChange(NativeKey.parse(key), NativeTarget.parse(target));
    }
}
