package dev.repoint.weaver.rules;

import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;

/// Walks over the code of methods, and passes the original instructions to the judges. It skips code that was patched
/// in place before:
///
/// | woven code | skipped up to |
/// | --- | --- |
/// | `invokedynamic site; dup; ifnull L; ... L: pop; call` | the end of the call |
/// | `invokedynamic readable; ifeq L; ... L: getstatic` | the end of the read |
/// | `invokedynamic enter; istore; putstatic` | the end of the assignment |
public final class UseSearch {

    private final ClassView view;
    private final SiteJudge ofSites;
    private final FieldJudge ofFields;

    public UseSearch(ClassView view, SiteRefs sites, FieldRefs fields, Phase phase) {
        this.view = view;
        this.ofSites = new SiteJudge(view, sites, phase);
        this.ofFields = new FieldJudge(view, fields, phase);
    }

    /// Finds the uses in a method with code.
    ///
    /// @param calls receives the uses of methods
    /// @param fields receives the uses of fields
    public void run(MethodView method, BodyUses calls, BodyUses fields) {
        InstructionCursor at = method.instructions();
        while (at.next()) {
            if (ofFields.judge(at, fields)) {
                ofSites.refuse(
                        at, calls, "it is an assignment by reflection, which is reported to the readers of fields");
            } else {
                ofSites.judge(at, calls);
            }
            if (at.opcode() == InstructionCursor.INVOKEDYNAMIC) {
                skipPatched(at, LinkCalls.roleOf(view.bootstrapOf(at.constant())));
            }
        }
    }

    /// Moves behind the original instruction, if the instruction of the cursor belongs to a patch.
    static void skipPatched(InstructionCursor at, LinkCalls.Role role) {
        switch (role) {
            case SITE -> {
                if (at.isBeforeNullCheck()) {
                    at.skipToDefault();
                }
            }
            case READABLE -> {
                if (at.isBeforeIfeq()) {
                    at.skipToPlain();
                }
            }
            case ENTER -> at.skipStored();
            case ENTRY, FIELD, OTHER -> {
                // the original code follows
            }
        }
    }
}
