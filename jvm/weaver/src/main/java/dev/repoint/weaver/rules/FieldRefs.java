package dev.repoint.weaver.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The wanted fields that one class uses.
///
/// @param byIndex the constants of such fields, by their index in the constant pool
/// @param reflects whether the class assigns fields by reflection
public record FieldRefs(Map<Integer, FieldRef> byIndex, boolean reflects) {

    /// No wanted fields.
    public static final FieldRefs NONE = new FieldRefs(Map.of(), false);

    public boolean isEmpty() {
        return byIndex.isEmpty() && !reflects;
    }

    /// The wanted field of a constant, or null.
    @Nullable
    FieldRef of(int constant) {
        return byIndex.get(constant);
    }
}
