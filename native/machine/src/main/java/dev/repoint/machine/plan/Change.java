package dev.repoint.machine.plan;

import dev.repoint.machine.site.KeyResolver;
import dev.repoint.machine.site.NativeKey;

/// One change of a patch as it is written: a patchable and its new target. Immutable.
///
/// @param key    the patchable: a function, a pointer, or a variable that holds several pointers
/// @param word   whether the key names one pointer even where the variable holds several: the offset was
///     written, be it `ops+0`
/// @param target its new target
public record Change(NativeKey key, boolean word, Target target) {

    /// Reads `KEY=TARGET`.
    ///
    /// @param text such as `crc32=crc32_simd`, `util.c:log=nothing`, `ops+8=default`, `ops=xen_ops`
    /// @throws IllegalArgumentException if it has not that form; the message says what was found and what to
    ///     write
    public static Change parse(String text) {
        int equals = KeyResolver.separator(text);
        String key = equals < 0 ? "" : text.substring(0, equals).strip();
        String target = equals < 0 ? "" : text.substring(equals + 1).strip();
        if (key.isEmpty() || target.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not KEY=TARGET; write crc32=crc32_simd, =nothing, =zero or =default");
        }
        NativeKey parsed = NativeKey.parse(key);
        return new Change(
                parsed, parsed.offset() != 0 || key.endsWith("+0") || key.endsWith("+0x0"), Target.parse(target));
    }

    /// Refuses a patchable as its own target: calls inside of a target stay, so its own name means its default.
    void requireOther(ErrorContext context) throws PlanException {
        if (target instanceof Target.Symbol(String name) && name.equals(key.text())) {
            throw context.fails(
                    "the target is the patchable itself; write " + name + "=default to give back its default");
        }
    }

    /// As it is written: `crc32=nothing`.
    @Override
    public String toString() {
        return key + (word && key.offset() == 0 ? "+0" : "") + "=" + target;
    }
}
