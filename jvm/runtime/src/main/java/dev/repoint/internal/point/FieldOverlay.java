package dev.repoint.internal.point;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What stands in a field in place of the value that the program gave it: what was chosen or set, under
/// overrides.
///
/// An assignment by the program ends all of it.
///
/// Changed under [PatchLock#LOCK]; [#stands()], [#begun()] and [#choice()] may be asked without it.
final class FieldOverlay {

    private final Deque<FieldLayer> layers = new ArrayDeque<>();
    private volatile Choice choice = Choice.UNDECIDED;
    private volatile boolean stands;
    private volatile int begun = 1;
    /// What the program gave the field last, while another value stands.
    private @Nullable Object ofProgram;

    /// Whether a value stands that is not the program's.
    boolean stands() {
        return stands;
    }

    /// How often one has begun to stand; never [FieldPoint#NOT_COUNTED].
    int begun() {
        return begun;
    }

    Choice choice() {
        return choice;
    }

    boolean isOverridden() {
        return !layers.isEmpty();
    }

    boolean isTop(FieldLayer layer) {
        return layers.peek() == layer;
    }

    /// What stands, or the default.
    BoundTarget standing() {
        FieldLayer top = layers.peek();
        return top != null ? top.target : stands ? choice.target() : BoundTarget.DEFAULT;
    }

    /// The value of the program, where another one stands.
    ///
    /// @return null if none does
    @Nullable
    FieldValue ofProgram() {
        return stands ? new FieldValue(ofProgram) : null;
    }

    /// What comes to light when an override ends.
    @Nullable
    FieldValue below(FieldLayer layer) {
        FieldLayer next = null;
        boolean seen = false;
        for (FieldLayer each : layers) {
            if (seen) {
                next = each;
                break;
            }
            seen = each == layer;
        }
        FieldValue chosen = FieldValue.of(next == null ? choice.target() : next.target);
        return chosen == null ? ofProgram() : chosen;
    }

    /// A choice from now on.
    ///
    /// @param held what the field holds now
    void decide(Choice chosen, @Nullable Object held) {
        choice = chosen;
        if (!layers.isEmpty()) {
            return;
        }
        if (FieldValue.of(chosen.target()) == null) {
            end();
        } else {
            begin(held);
        }
    }

    /// As [#decide], and overrides that are open end.
    void assign(BoundTarget target, @Nullable Object held) {
        layers.clear();
        decide(Choice.set(target), held);
    }

    void push(FieldLayer layer, @Nullable Object held) {
        begin(held);
        layers.push(layer);
        if (choice == Choice.UNDECIDED) {
            choice = Choice.set(BoundTarget.DEFAULT);
        }
    }

    /// Ends an override; one that ended already is left alone.
    void remove(FieldLayer layer) {
        if (layers.remove(layer) && layers.isEmpty() && FieldValue.of(choice.target()) == null) {
            end();
        }
    }

    /// The program has assigned the field.
    void drop() {
        layers.clear();
        choice = Choice.set(BoundTarget.DEFAULT);
        end();
    }

    private void begin(@Nullable Object held) {
        if (!stands) {
            ofProgram = held;
            stands = true;
        }
        int next = begun + 1;
        begun = next; // under the lock
    }

    private void end() {
        stands = false;
        ofProgram = null;
    }
}
