package dev.repoint;

import dev.repoint.internal.targets.MethodCapability;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Optional;

/// A method whose calls you may redirect.
///
/// A call that starts after a change has returned reaches the new target; one that runs already ends in the method in
/// which it began. The target's class is initialised before the change.
///
/// A target that calls the patchable by its name comes back to itself. One that [wraps][Target#around] the patchable
/// takes the default as its first parameter.
///
/// A target that is patchable itself goes on to its own target. If the targets of patchables form a cycle, each calls
/// the default of the next: two methods that are the targets of each other are swapped. Repoint refuses a change that
/// closes a cycle if it cannot call some default on it, and a change to the patchable itself. It calls a target that
/// the patchable overrides as `super` does.
///
/// Thread-safe.
public final class PatchableMethod extends PatchablePoint {

    private final MethodCapability capability;

    PatchableMethod(MethodCapability capability) {
        super(capability);
        this.capability = capability;
    }

    /// The type that targets have: the method's type, with its receiver first unless it is static.
    public MethodType type() {
        return capability.type();
    }

    /// The current target as a handle of type [#type()]; empty if calls reach the default.
    public Optional<MethodHandle> target() {
        return capability.target();
    }

    /// The default as a handle that does not come back to the target: for targets that wrap it.
    ///
    /// {@snippet :
    /// static final MethodHandle DEFAULT = patchable.defaultHandle();
    ///
    /// static int timed(int crc, byte[] data) throws Throwable {
    ///     long start = System.nanoTime();
    ///     try {
    ///         return (int) DEFAULT.invokeExact(crc, data);
    ///     } finally {
    ///         record(System.nanoTime() - start);
    ///     }
    /// }
    /// }
    ///
    /// For a method that is patched at its calls only, this is the method itself, which dispatches on its
    /// receiver as a call does. A `super` call means the overridden method and nothing else. If the target of such a
    /// call calls this handle, it comes back through the overriding method.
    ///
    /// @return a handle of type [#type()]
    /// @throws PatchException if the class was woven after it was loaded, and the body cannot stand outside its
    ///     class (it calls `super`, for example)
    public MethodHandle defaultHandle() {
        return capability.defaultHandle();
    }
}
