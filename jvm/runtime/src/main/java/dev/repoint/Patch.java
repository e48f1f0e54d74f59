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
/// Repoint finds, checks and makes all targets, and initialises their classes, before it changes anything. A refused
/// patch changes nothing, and its message names the key and the reason. Callers never wait.
///
/// Patches and single changes that run at the same time take effect one after another. A running call ends in the
/// method in which it began, so a thread may return from an old target after the patch.
///
/// If two methods are the targets of each other, the patch swaps them: see [PatchableMethod].
///
/// A patch keeps the targets that it has prepared. If you apply it again, only the change itself costs time.
///
/// Adding is not thread-safe; applying is.
public final class Patch {

    private final List<TargetRequest> requests = new ArrayList<>();

    /// A patch without changes.
    public Patch() {}

    /// Adds a change. Repoint looks up and checks its target when you apply the patch.
    ///
    /// @param patchable each patchable at most once
    /// @return this
    public Patch set(PatchablePoint patchable, Target target) {
        requests.add(Objects.requireNonNull(patchable, "patchable").request(target));
        return this;
    }

    /// Makes all changes, or none. They last until the next change. Open overrides end.
    ///
    /// @throws PatchException if one of them is refused, or a patchable is named twice
    public void apply() {
        TargetPatch.grant(List.copyOf(requests));
    }

    /// Makes all changes, or none, until you close the scope. Closing ends all of them at one moment.
    ///
    /// @return the scope
    /// @throws PatchException as for [#apply()]
    public OverrideScope override() {
        return new OverrideScope(TargetPatch.override(List.copyOf(requests)));
    }
}
