package dev.repoint.weaver.direct;

import dev.repoint.Key;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A static method at which calls are pointed.
///
/// @param method the method
record DirectTarget(Resolved method) {

    Key key() {
        return method.key();
    }

    String owner() {
        return method.owner().name();
    }

    String name() {
        return method.method().name();
    }

    String descriptor() {
        return method.method().descriptor();
    }

    boolean isInInterface() {
        return method.owner().isInterface();
    }

    /// The reason why code of a class cannot call it.
    ///
    /// @return one line, or null if it can
    @Nullable
    String refusal(ClassFacts caller, Types types) {
        ClassFacts owner = method.owner();
        int flags = method.method().flags();
        boolean isSamePackage = owner.packageName().equals(caller.packageName());
        if (Modifier.isPrivate(flags)) {
            boolean isNestmate = owner.nestHost().equals(caller.nestHost());
            return isNestmate ? null : "its target " + key() + " is private; make it public";
        }
        if (isSamePackage) {
            return null;
        }
        if (!owner.isPublic()) {
            return "its target " + key() + " is in a class that is not public";
        }
        if (Modifier.isPublic(flags)) {
            return null;
        }
        boolean isInherited = Modifier.isProtected(flags)
                && types.isSubtype(caller.name(), owner.name()).equals(Optional.of(true));
        return isInherited ? null : "its target " + key() + " is not public";
    }
}
