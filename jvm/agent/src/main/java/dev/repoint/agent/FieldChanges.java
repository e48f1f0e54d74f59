package dev.repoint.agent;

import dev.repoint.PatchException;
import dev.repoint.PatchableField;
import dev.repoint.TargetSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The changes of fields that belong to one patch: all of them are made, or none.
final class FieldChanges {

    private final List<Wanted> wanted = new ArrayList<>();

    private record Wanted(PatchableField field, TargetSpec target, @Nullable ClassLoader loader) {}

    /// Adds one.
    ///
    /// @param loader where a class that the target names is looked for
    void add(PatchableField field, TargetSpec target, @Nullable ClassLoader loader) {
        wanted.add(new Wanted(field, target, loader));
    }

    /// Makes them all, and then the rest of the patch. If one of them or the rest fails, those that were made are undone.
    ///
    /// @throws PatchException if one is refused
    void applyWith(Runnable rest) {
        List<Runnable> undo = new ArrayList<>();
        try {
            for (Wanted each : wanted) {
                Runnable back = wayBack(each.field);
                each.field.set(each.target, each.loader);
                undo.addFirst(back);
            }
            rest.run();
        } catch (PatchException | LinkageError e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    private static Runnable wayBack(PatchableField field) {
        Object before = field.get();
        return field.isDefault() ? field::reset : () -> field.set(before);
    }
}
