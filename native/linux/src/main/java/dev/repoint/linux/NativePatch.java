package dev.repoint.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Several changes that take effect at one moment: no thread calls a new target of one patchable and afterwards an
/// old target of another.
///
/// {@snippet :
/// new NativePatch()
///         .set(lock, NativeTarget.symbol("lock_fast"))
///         .set(unlock, NativeTarget.symbol("unlock_fast"))
///         .apply();
/// }
///
/// There are two exceptions: calls through a pointer that the thread has read before, and calls through a pointer
/// that is null before or after the patch.
///
/// Not thread-safe; but several threads may apply patches.
public final class NativePatch {

    private final List<NativeRegistry.TargetRequest> requests = new ArrayList<>();

    /// A patch without changes.
    public NativePatch() {}

    /// Adds a change.
    ///
    /// @return this
    public NativePatch set(NativePatchable patchable, NativeTarget target) {
        Objects.requireNonNull(patchable, "patchable");
        requests.add(new NativeRegistry.TargetRequest(patchable.point(), Objects.requireNonNull(target, "target")));
        return this;
    }

    /// Adds a reset to the default.
    ///
    /// @return this
    public NativePatch reset(NativePatchable patchable) {
        return set(patchable, NativeTarget.byDefault());
    }

    /// Makes all changes, or none.
    ///
    /// @throws NativePatchException if one of them is refused, or a patchable occurs twice
    public void apply() {
        if (!requests.isEmpty()) {
            NativeRegistry.all().set(requests);
        }
    }
}
