package dev.repoint;

import dev.repoint.internal.policy.TargetPatch;
import dev.repoint.internal.targets.Capability;
import dev.repoint.internal.targets.TargetRequest;
import java.util.List;
import java.util.Objects;

/// A method or field that you may patch.
///
/// Every change takes effect at once and for all threads. A change that is refused with a [PatchException] has changed
/// nothing. The last change counts, whichever instance it was made through.
///
/// Thread-safe.
public abstract sealed class PatchablePoint permits PatchableMethod, PatchableField {

    private final Capability capability;

    PatchablePoint(Capability capability) {
        this.capability = capability;
    }

    /// The identity.
    public final Key key() {
        return capability.key();
    }

    /// How the target is kept now. A patchable that changes often moves to [Mode#POINTER] by itself, and back when it
    /// has been quiet; [PatchableState#modeReason()] says why.
    public final Mode mode() {
        return capability.mode();
    }

    /// Chooses how the target is kept. The target stays. From now on the mode no longer changes by itself.
    public final void mode(Mode mode) {
        capability.mode(Objects.requireNonNull(mode, "mode"));
    }

    /// Whether calls reach the default, or the value of the field is the program's own.
    public final boolean isDefault() {
        return capability.isDefault();
    }

    /// The current target, for people to read.
    ///
    /// @return `default`, `nothing`, `constant:VALUE`, or the name of a method or interface
    public final String targetName() {
        return capability.targetName();
    }

    /// A snapshot for reports: key, target, mode, links and changes, taken together.
    public final PatchableState state() {
        return capability.state();
    }

    /// Redirects calls, or assigns the field. Open overrides end.
    ///
    /// @throws PatchException if the target cannot be found, does not fit, or its class cannot be initialised
    public final void set(Target target) {
        TargetPatch.grant(List.of(request(target)));
    }

    /// Redirects calls, or assigns the field, until you close the scope. If the program assigns the field meanwhile,
    /// that value stays.
    ///
    /// @throws PatchException as [#set(Target)]
    public final OverrideScope override(Target target) {
        return new OverrideScope(TargetPatch.override(List.of(request(target))));
    }

    /// Restores the default, and ends all overrides. A field gets back the value that the program gave it last; if
    /// nothing that was set here stands, the field is left alone.
    ///
    /// @throws PatchException if a field's class cannot be initialised
    public final void reset() {
        set(Target.DEFAULT);
    }

    /// Key and target: `com.acme.Crc.update(int,byte[]) -> default`.
    @Override
    public final String toString() {
        return key() + " -> " + targetName();
    }

    TargetRequest request(Target target) {
        return capability.request(Objects.requireNonNull(target, "target"));
    }
}
