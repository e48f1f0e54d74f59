package dev.repoint.weaver;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;

/// What is to become of one method that changes.
///
/// @param method the method as it is
/// @param match whether its entry is to be patched
/// @param sites whether calls in it are
/// @param fields whether uses of fields in it are
record MethodPlan(MethodModel method, EntryMatch match, boolean sites, boolean fields) {

    boolean entry() {
        return match != EntryMatch.NONE;
    }

    EntryPatch entryPatch(ClassModel owner) {
        return EntryPatch.of(owner, method, match == EntryMatch.POINTER);
    }

    CodeAttribute body() {
        return method.findAttribute(Attributes.code()).orElseThrow();
    }
}
