package dev.repoint.bench.calls;

import dev.repoint.Mode;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;

/// Brings patchables into the state in which they are measured, and proves that they are in it.
public final class Patching {

    private Patching() {}

    /// Sets mode and target of a patchable.
    ///
    /// @param lookup of the class that declares it
    /// @param name its name
    /// @param mode the mode
    /// @param targets the class with the target, which has the same name, if it is to be retargeted
    /// @param retarget whether it is
    /// @return the patchable
    public static PatchableMethod apply(
            MethodHandles.Lookup lookup, String name, Mode mode, Class<?> targets, boolean retarget) {
        PatchableMethod patchable = Repoint.find(lookup, lookup.lookupClass(), name);
        patchable.mode(mode);
        if (retarget) {
            patchable.set(Target.method(targets, name));
        } else {
            patchable.reset();
        }
        if (patchable.mode() != mode || patchable.isDefault() == retarget) {
            throw new IllegalStateException(patchable + " is not in the state to be measured: " + patchable.mode());
        }
        return patchable;
    }

    /// Stops a benchmark that would not measure what it says.
    ///
    /// @param what that was computed
    /// @param found the result
    /// @param expected what it must be
    public static void check(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalStateException(what + " gave " + found + " in place of " + expected);
        }
    }
}
