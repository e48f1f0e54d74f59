package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.TargetSpec;
import dev.repoint.internal.targets.TargetRequest;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A point that policies and offers choose for: that of a method, or of a field.
public sealed interface Choosable permits Point, FieldPoint {

    /// The patchable.
    Key key();

    /// The class that declares it.
    Class<?> owner();

    /// What it leads to apart from overrides, and who says so.
    Choice choice();

    /// Whether there is something to tell about it: it is linked, can be, or was set.
    boolean isKnown();

    /// The target that a text names. Runs code of the application.
    ///
    /// @param loader where the class of a named target is looked for first; the system's loader is asked next
    /// @throws dev.repoint.PatchException if it cannot be found, or does not fit
    BoundTarget target(TargetSpec spec, @Nullable ClassLoader loader);

    /// The target that a method handle is.
    ///
    /// @param name how messages speak of it
    /// @throws dev.repoint.PatchException if it does not fit
    BoundTarget target(MethodHandle handle, String name);

    /// A target of a class loader that may go before this does.
    ///
    /// @param keeper a class of that loader
    BoundTarget fading(BoundTarget target, Class<?> keeper);

    /// Whether it leads to its default.
    boolean isDefault();

    /// A wish for it, by the right of the runtime.
    ///
    /// @param finds gives the target; runs code of the application
    TargetRequest request(Supplier<BoundTarget> finds);

    /// The change from one choice to another.
    ///
    /// @param before what held when the choice was made
    PendingChange change(Choice before, Choice after);
}
