package dev.repoint.weaver;

import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one class does with fields whose uses are wanted.
///
/// @param byIndex the constants that resolve to such fields, by their index in the constant pool
/// @param reflects whether it assigns fields by reflection
record FieldRefs(Map<Integer, FieldRef> byIndex, boolean reflects) {

    /// Nobody asks for anything.
    static final FieldRefs NONE = new FieldRefs(Map.of(), false);

    boolean isEmpty() {
        return byIndex.isEmpty() && !reflects;
    }

    /// What a constant of the class leads to, or null if nobody asks for it.
    @Nullable
    FieldRef of(MemberRefEntry constant) {
        return byIndex.get(constant.index());
    }
}
