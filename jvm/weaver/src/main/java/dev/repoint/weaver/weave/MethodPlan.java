package dev.repoint.weaver.weave;

import dev.repoint.Key;
import dev.repoint.weaver.rules.EntryMatch;
import dev.repoint.weaver.splice.MethodView;
import dev.repoint.weaver.splice.UseOrder;
import java.util.List;

/// The planned changes of one method.
///
/// @param index its number in the class
/// @param method the method
/// @param key its key
/// @param match whether its entry will be patched
/// @param twin whether it will get a twin
/// @param uses the uses in it that will be patched
public record MethodPlan(int index, MethodView method, Key key, EntryMatch match, boolean twin, List<UseOrder> uses) {

    boolean entry() {
        return match != EntryMatch.NONE;
    }
}
