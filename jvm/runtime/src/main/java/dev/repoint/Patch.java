package dev.repoint;

import dev.repoint.internal.policy.TargetPatch;
import dev.repoint.internal.targets.TargetRequest;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Several changes that come into effect at one moment: no thread calls a new target of one patchable and
/// afterwards an old one of another, and likewise no new and then old value of fields that woven code reads.
///
/// {@snippet :
/// Patch fast = new Patch().set(lock, Spin.class, "lock").set(unlock, Spin.class, "unlock").nothing(audit);
/// fast.apply();
/// }
///
/// All targets are found, checked and made, and their classes initialised, before anything changes. A patch
/// that is refused has changed nothing, and the message names the key and the reason. Callers are never made to
/// wait.
///
/// Patches that are applied at the same time, and single changes, come one after another. A call that runs
/// already ends in the method in which it began, so that a thread may come back from an old target after the
/// patch.
///
/// Two that are led to each other are swapped, as [PatchableMethod] says.
///
/// What was prepared is kept: applying the same patch again costs what the change costs.
///
/// Adding is not thread-safe; applying is.
public final class Patch {

    private final List<TargetRequest> requests = new ArrayList<>();

    /// A patch without changes.
    public Patch() {}

    /// Adds a change to a method handle.
    ///
    /// @param patchable which is not in this patch yet
    /// @param target as for [PatchableMethod#set(MethodHandle)]
    /// @return this
    public Patch set(PatchableMethod patchable, MethodHandle target) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(target));
        return this;
    }

    /// Adds a change to an object of a functional interface.
    ///
    /// @param <F> the functional interface
    /// @param patchable which is not in this patch yet
    /// @param functionalInterface as for [PatchableMethod#set(Class, Object)]
    /// @param implementation as for [PatchableMethod#set(Class, Object)]
    /// @return this
    public <F> Patch set(PatchableMethod patchable, Class<F> functionalInterface, F implementation) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(functionalInterface, implementation));
        return this;
    }

    /// Adds a change to the method of that name.
    ///
    /// @param patchable which is not in this patch yet
    /// @param owner as for [PatchableMethod#set(Class, String)]
    /// @param name as for [PatchableMethod#set(Class, String)]
    /// @return this
    public Patch set(PatchableMethod patchable, Class<?> owner, String name) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(owner, name));
        return this;
    }

    /// Adds a change to what a text names.
    ///
    /// @param patchable which is not in this patch yet
    /// @param target as for [PatchableMethod#set(TargetSpec, ClassLoader)]
    /// @param loader as for [PatchableMethod#set(TargetSpec, ClassLoader)]
    /// @return this
    public Patch set(PatchableMethod patchable, TargetSpec target, @Nullable ClassLoader loader) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(target, loader));
        return this;
    }

    /// Adds a change after which calls do nothing.
    ///
    /// @param patchable which is not in this patch yet; its method returns void
    /// @return this
    public Patch nothing(PatchableMethod patchable) {
        requests.add(Objects.requireNonNull(patchable, "patchable").requestNothing());
        return this;
    }

    /// Adds a change after which calls return a value.
    ///
    /// @param patchable which is not in this patch yet
    /// @param value as for [PatchableMethod#constant]
    /// @return this
    public Patch constant(PatchableMethod patchable, @Nullable Object value) {
        requests.add(Objects.requireNonNull(patchable, "patchable").requestConstant(value));
        return this;
    }

    /// Adds a change to the default.
    ///
    /// @param patchable which is not in this patch yet
    /// @return this
    public Patch reset(PatchableMethod patchable) {
        requests.add(Objects.requireNonNull(patchable, "patchable").requestDefault());
        return this;
    }

    /// Adds a change of a field's value.
    ///
    /// @param patchable which is not in this patch yet
    /// @param value as for [PatchableField#set(Object)]
    /// @return this
    /// @throws PatchException if the field cannot hold it
    public Patch set(PatchableField patchable, @Nullable Object value) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(value));
        return this;
    }

    /// Adds a change of a field to what a text names.
    ///
    /// @param patchable which is not in this patch yet
    /// @param target as for [PatchableField#set(TargetSpec, ClassLoader)]
    /// @param loader as for [PatchableField#set(TargetSpec, ClassLoader)]
    /// @return this
    public Patch set(PatchableField patchable, TargetSpec target, @Nullable ClassLoader loader) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(target, loader));
        return this;
    }

    /// Adds a change of a field to what the program gave it last.
    ///
    /// @param patchable which is not in this patch yet
    /// @return this
    public Patch reset(PatchableField patchable) {
        requests.add(Objects.requireNonNull(patchable, "patchable").requestDefault());
        return this;
    }

    /// Makes all changes, or none. They stay until they are changed again; overrides that are open end.
    ///
    /// @throws PatchException if one of them is refused, or a patchable is named twice
    public void apply() {
        TargetPatch.grant(List.copyOf(requests));
    }

    /// Makes all changes, or none, until the scope is closed; that ends all of them at one moment, too.
    ///
    /// @return the scope
    /// @throws PatchException as for [#apply()]
    public OverrideScope override() {
        return new OverrideScope(TargetPatch.override(List.copyOf(requests)));
    }
}
