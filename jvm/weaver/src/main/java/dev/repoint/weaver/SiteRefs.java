package dev.repoint.weaver;

import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constants of one class that resolve to methods whose calls are wanted.
///
/// @param byIndex these constants by their index in the constant pool
record SiteRefs(Map<Integer, SiteRef> byIndex) {

    /// Nobody asks for anything.
    static final SiteRefs NONE = new SiteRefs(Map.of());

    boolean isEmpty() {
        return byIndex.isEmpty();
    }

    /// What a method constant of the class leads to, or null if nobody asks for it.
    @Nullable
    SiteRef of(MemberRefEntry constant) {
        return byIndex.get(constant.index());
    }
}
