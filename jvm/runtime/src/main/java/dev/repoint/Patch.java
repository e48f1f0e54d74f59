package dev.repoint;

import dev.repoint.internal.policy.TargetPatch;
import dev.repoint.internal.targets.TargetRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Several changes that come into effect at one moment: no thread calls a new target of one patchable and
/// afterwards an old one of another, and likewise no new and then old value of fields that woven code reads.
///
/// {@snippet :
/// new Patch()
///         .set(lock, Target.method(Spin.class, "lock"))
///         .set(unlock, Target.method(Spin.class, "unlock"))
///         .set(audit, Target.nothing())
///         .apply();
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

    /// Adds a change. Nothing is looked up or checked before the patch is applied.
    ///
    /// @param patchable which is not in this patch yet
    /// @return this
    public Patch set(PatchablePoint patchable, Target target) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(target));
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
