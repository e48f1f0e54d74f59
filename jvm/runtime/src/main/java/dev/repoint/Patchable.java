package dev.repoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method whose calls Repoint may redirect, or a static field whose value Repoint gives its readers as a
/// constant.
///
/// The weaver gives a method a patchable entry. Of a field, which is static and not final, it turns reads into
/// constants to the compiler, and assignments into an assignment and a patch.
///
/// The annotation alone changes nothing. A class that is never woven behaves as if it were absent.
///
/// {@snippet :
/// @Patchable
/// static int update(int crc, byte[] data) { ... }
///
/// @Patchable
/// static boolean tracing;
/// }
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD})
public @interface Patchable {

    /// How the target is kept; it can be changed later with [PatchableMethod#mode(Mode)] or
    /// [PatchableField#mode(Mode)].
    ///
    /// @return [Mode#POINTER] to keep it so, or [Mode#CONSTANT], the default, for a mode that follows how often
    ///     the target changes
    Mode mode() default Mode.CONSTANT;
}
