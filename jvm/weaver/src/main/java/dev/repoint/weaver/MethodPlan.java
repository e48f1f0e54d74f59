package dev.repoint.weaver;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;

/// The planned changes of one method.
///
/// @param method the original method
/// @param match whether its entry will be patched
/// @param sites whether calls in it will be patched
/// @param fields whether uses of fields in it will be patched
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
