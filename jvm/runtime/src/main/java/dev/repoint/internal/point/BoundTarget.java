package dev.repoint.internal.point;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// What a point leads to: the object that a prologue calls, and how to speak of it.
///
/// @param shape an instance of the method's [dev.repoint.shape.Shape], or null for the default; or a [StandIn] for one of them
/// @param name how messages name it
/// @param handle the same as a method handle, or null for the default
/// @param callee the method that it calls by its name; null if it calls none that could be patchable
public record BoundTarget(
        @Nullable Object shape,
        String name,
        @Nullable MethodHandle handle,
        @Nullable Callee callee) {

    public static final BoundTarget DEFAULT = new BoundTarget(null, "default", null);

    /// A target that calls no patchable.
    public BoundTarget(@Nullable Object shape, String name, @Nullable MethodHandle handle) {
        this(shape, name, handle, null);
    }

    /// What can be made to call the default of a method in place of the method.
    public interface Callee {

        /// The target that calls the default.
        ///
        /// @return null if it was not [made][#makeAround()] yet
        @Nullable
        BoundTarget around();

        /// Makes the target that calls the default. Runs code of the application.
        ///
        /// @throws dev.repoint.PatchException if that cannot be called; the message says why
        void makeAround();
    }

    /// Stands for a target that may go.
    interface StandIn extends Callee {

        /// The target, or the default since it is gone.
        BoundTarget targetNow();
    }

    /// The target itself, where this only stands for it.
    BoundTarget now() {
        return shape instanceof StandIn fading ? fading.targetNow() : this;
    }

    /// What stands for it in a cycle: it calls the default of that method.
    ///
    /// @return null if that was not [made][#makeAround()] yet
    @Nullable
    BoundTarget around() {
        if (shape instanceof StandIn fading) {
            return fading.around();
        }
        return callee == null ? this : callee.around();
    }

    /// Makes what stands for it in a cycle. Runs code of the application.
    ///
    /// @throws dev.repoint.PatchException if that default cannot be called; the message says why
    void makeAround() {
        if (shape instanceof StandIn fading) {
            fading.makeAround();
        } else if (callee != null) {
            callee.makeAround();
        }
    }
}
