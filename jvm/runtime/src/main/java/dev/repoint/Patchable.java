package dev.repoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method whose callers Repoint may point elsewhere: the weaver gives it a patchable entry.
///
/// The annotation alone changes nothing. A class that is never woven behaves as if it were absent.
///
/// {@snippet :
/// @Patchable
/// static int update(int crc, byte[] data) { ... }
/// }
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Patchable {

    /// How the target is kept at first; it can be changed later with [PatchableMethod#mode(Mode)].
    ///
    /// @return the first mode, [Mode#CONSTANT] unless said otherwise
    Mode mode() default Mode.CONSTANT;
}
