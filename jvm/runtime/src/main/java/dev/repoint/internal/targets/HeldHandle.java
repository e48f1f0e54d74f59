package dev.repoint.internal.targets;

import dev.repoint.internal.point.BoundTarget;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A target that holds a method handle and calls it, where no plain invoke will do.
final class HeldHandle {

    private HeldHandle() {}

    /// The target.
    ///
    /// @param name how messages speak of it
    static BoundTarget target(Signature wanted, MethodHandle target, String name) {
        MethodType type = wanted.type();
        MethodHandle exact = target.asType(type);
        MethodHandle erased = MethodHandles.explicitCastArguments(exact, Types.erased(type));
        MethodHandle maker = HiddenClasses.maker(
                HiddenClasses.SELF,
                "handle " + wanted.shape(),
                () -> Spinner.handle(HiddenClasses.name("Handle"), type),
                MethodType.methodType(void.class, MethodHandle.class));
        return new BoundTarget(
                HiddenClasses.make(maker, MethodHandles.constant(MethodHandle.class, erased)), name, exact);
    }
}
