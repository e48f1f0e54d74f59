package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.splice.ClassView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds classes that may call a method by reflection: they search for methods, and contain its name as text.
final class Reflection {

    private static final int STRING = 8;
    private static final Set<String> SEARCHES = Set.of(
            "getMethod",
            "getMethods",
            "getDeclaredMethod",
            "getDeclaredMethods",
            "findStatic",
            "findVirtual",
            "findSpecial",
            "unreflect");

    private Reflection() {}

    /// The keys that the code of a class may search for.
    static List<Key> names(ClassView view, Collection<Key> keys) {
        Set<String> texts = new HashSet<>();
        boolean searches = false;
        for (int i = 1; i < view.poolSize(); i++) {
            int tag = view.tag(i);
            if (tag == STRING) {
                texts.add(view.utf8(view.u2(view.constant(i, STRING) + 1)));
            } else if (tag == MemberConstant.METHOD && !searches) {
                searches = isSearch(MemberConstant.of(view, i));
            }
        }
        List<Key> found = new ArrayList<>();
        for (Key each : keys) {
            if (searches && texts.contains(each.name())) {
                found.add(each);
            }
        }
        return found;
    }

    private static boolean isSearch(MemberConstant method) {
        return SEARCHES.contains(method.name())
                && (method.owner().equals("java/lang/Class") || method.owner().startsWith("java/lang/invoke/"));
    }
}
