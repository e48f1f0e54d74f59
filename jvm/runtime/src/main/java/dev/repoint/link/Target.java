package dev.repoint.link;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// What a point leads to: the object that a prologue calls, and how to speak of it.
///
/// @param shape an instance of the method's [Shape], or null for the default; or a [Fading] that stands for one of them
/// @param name how messages name it
/// @param handle the same as a method handle, or null for the default
record Target(@Nullable Object shape, String name, @Nullable MethodHandle handle) {

    static final Target DEFAULT = new Target(null, "default", null);

    /// The target itself, where this only stands for it.
    Target now() {
        return shape instanceof Fading fading ? fading.targetNow() : this;
    }
}
