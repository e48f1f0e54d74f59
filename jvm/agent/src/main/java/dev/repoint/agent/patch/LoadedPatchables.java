package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.PatchablePoint;
import dev.repoint.Repoint;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// Looks up patchables of loaded classes, with the access of the agent.
///
/// Thread-safe.
record LoadedPatchables(ModuleAccess access) {

    /// The method or field of a class.
    ///
    /// @return null for a method that is not woven
    /// @throws PatchException if a field cannot be patched, or a class that the key names is missing
    @Nullable
    PatchablePoint find(Class<?> owner, Key key) {
        MethodHandles.Lookup lookup = access.lookupFor(owner);
        if (key.isField()) {
            return Repoint.findField(lookup, owner, key.name());
        }
        try {
            MethodType type = MethodType.fromMethodDescriptorString(key.descriptor(), owner.getClassLoader());
            return Repoint.find(lookup, owner, key.name(), type);
        } catch (PatchException e) {
            return null; // the method is there, and access is given: so it is not woven
        } catch (TypeNotPresentException e) {
            throw new PatchRefusal(key, " cannot be looked up: " + e.getMessage(), e);
        }
    }

    /// The method or field of a class.
    ///
    /// @throws PatchException if it cannot be patched
    PatchablePoint get(Class<?> owner, Key key) {
        PatchablePoint patchable = find(owner, key);
        if (patchable == null) {
            throw new PatchRefusal(key, " is not patchable in " + owner.getClassLoader());
        }
        return patchable;
    }
}
