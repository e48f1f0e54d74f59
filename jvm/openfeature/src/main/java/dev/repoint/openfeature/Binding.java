package dev.repoint.openfeature;

import dev.repoint.PatchablePoint;
import dev.repoint.Target;
import org.jspecify.annotations.Nullable;

/// A patchable that follows a flag. The thread of the bindings alone writes it.
final class Binding {

    private final String flag;
    private final PatchablePoint point;
    private @Nullable String applied;
    private volatile FlagState state;

    Binding(String flag, PatchablePoint point) {
        this.flag = flag;
        this.point = point;
        state = new FlagState(flag, point.key().text(), null, "not evaluated yet");
    }

    String flag() {
        return flag;
    }

    PatchablePoint point() {
        return point;
    }

    FlagState state() {
        return state;
    }

    /// The target that an evaluation asks for; null if it says what was applied already, or nothing.
    @Nullable
    Target change(Evaluation evaluation) {
        return evaluation.value() == null || evaluation.value().equals(applied) ? null : evaluation.target();
    }

    /// Notes how it went.
    ///
    /// @param refusal why the patch was refused; empty if it was made, or there was none
    /// @return whether this is a problem that was not known before
    boolean settle(Evaluation evaluation, String refusal) {
        String problem = evaluation.problem().isEmpty() ? refusal : evaluation.problem();
        if (evaluation.value() != null && refusal.isEmpty()) {
            applied = evaluation.value();
        }
        boolean isNew = !problem.isEmpty() && !problem.equals(state.problem());
        state = new FlagState(flag, state.patchable(), applied, problem);
        return isNew;
    }
}
