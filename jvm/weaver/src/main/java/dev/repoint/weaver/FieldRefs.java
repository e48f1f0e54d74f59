package dev.repoint.weaver;

import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constants of one class that resolve to fields whose uses are wanted.
///
/// @param byIndex these constants by their index in the constant pool
record FieldRefs(Map<Integer, FieldRef> byIndex) {

    /// Nobody asks for anything.
    static final FieldRefs NONE = new FieldRefs(Map.of());

    boolean isEmpty() {
        return byIndex.isEmpty();
    }

    /// What a constant of the class leads to, or null if nobody asks for it.
    @Nullable FieldRef of(MemberRefEntry constant) {
        return byIndex.get(constant.index());
    }
}
