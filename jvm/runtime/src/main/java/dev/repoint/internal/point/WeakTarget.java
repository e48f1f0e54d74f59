package dev.repoint.internal.point;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Stands for a target of a class loader that may go away before the patchable does: a plugin's. It keeps the
/// target only as long as that loader lives; afterwards calls reach the default.
///
/// The target is kept by a class of the loader, and by nothing else: what the point and its callers hold is
/// this object, which refers to it weakly. So a call costs about what it does in pointer mode.
///
/// Thread-safe.
final class WeakTarget implements BoundTarget.StandIn {

    private static final MethodHandle NOW;

    static {
        try {
            NOW = MethodHandles.lookup().findVirtual(WeakTarget.class, "now", MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The targets that a class keeps, each for as long as a point holds what stands for it.
    private static final ClassValue<Map<WeakTarget, BoundTarget>> KEPT = new ClassValue<>() {
        @Override
        protected Map<WeakTarget, BoundTarget> computeValue(Class<?> keeper) {
            return Collections.synchronizedMap(new WeakHashMap<>());
        }
    };

    private final WeakReference<BoundTarget> target;
    private final WeakReference<Class<?>> keeper;
    private final String name;
    private volatile @Nullable BoundTarget around;

    private WeakTarget(BoundTarget target, Class<?> keeper) {
        this.target = new WeakReference<>(target);
        this.keeper = new WeakReference<>(keeper);
        this.name = target.name();
    }

    /// A target that goes with a class.
    ///
    /// @param keeper a class of the loader that is not to be kept
    static BoundTarget target(BoundTarget target, Class<?> keeper) {
        if (target.shape() == null) {
            return target;
        }
        WeakTarget fading = new WeakTarget(target, keeper);
        KEPT.get(keeper).put(fading, target);
        return new BoundTarget(fading, target.name(), null);
    }

    /// The object that stands for the target, or null since it is gone.
    @Nullable
    Object now() {
        BoundTarget kept = target.get();
        return kept == null ? null : kept.shape();
    }

    @Override
    public BoundTarget targetNow() {
        BoundTarget kept = target.get();
        return kept == null ? BoundTarget.DEFAULT : kept;
    }

    /// As [BoundTarget#around()], and gone when the target is.
    @Override
    public @Nullable BoundTarget around() {
        return targetNow().callee() == null ? BoundTarget.DEFAULT : around;
    }

    @Override
    public void makeAround() {
        BoundTarget kept = targetNow();
        Class<?> keeping = keeper.get();
        if (around == null && keeping != null) {
            kept.makeAround();
            BoundTarget made = kept.around();
            around = made == null ? null : target(made, keeping);
        }
    }

    /// What to tell since it is gone; empty while it is there.
    String note() {
        return target.get() == null ? "the offer " + name + " went with its class loader" : "";
    }

    /// What gives [#now()].
    MethodHandle giving() {
        return NOW.bindTo(this);
    }
}
