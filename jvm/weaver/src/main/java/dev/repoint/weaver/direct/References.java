package dev.repoint.weaver.direct;

import dev.repoint.weaver.splice.ClassView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constants of one class that resolve to methods whose calls are pointed elsewhere, or to methods above them.
final class References {

    private final Map<Integer, Reference> byIndex = new HashMap<>();

    /// A constant.
    ///
    /// @param isIndirect whether it resolves to another method, from which a virtual call may reach the method
    record Reference(MemberConstant constant, KeyPlan plan, boolean isIndirect) {}

    /// Finds the meaning of a constant.
    interface Search {

        /// @param isInterface whether it is the constant of an interface
        @Nullable
        Reference find(MemberConstant constant, boolean isInterface);
    }

    /// @param names whether a string is the name of a method that may be meant
    static References of(ClassView view, boolean[] names, Search search) {
        References all = new References();
        for (int i = 1; i < view.poolSize(); i++) {
            int tag = view.tag(i);
            if (tag == MemberConstant.METHOD || tag == MemberConstant.INTERFACE_METHOD) {
                int name = view.u2(MemberConstant.nameAndType(view, i) + 1);
                if (name < names.length && names[name]) {
                    Reference found = search.find(MemberConstant.of(view, i), tag == MemberConstant.INTERFACE_METHOD);
                    if (found != null) {
                        all.byIndex.put(i, found);
                    }
                }
            }
        }
        return all;
    }

    boolean isEmpty() {
        return byIndex.isEmpty();
    }

    @Nullable
    Reference of(int index) {
        return byIndex.get(index);
    }
}
