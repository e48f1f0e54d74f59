package dev.repoint.weaver.direct;

import dev.repoint.Key;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;

/// A method that a constant resolves to.
///
/// @param owner the class that declares it
record Resolved(ClassFacts owner, MethodView method) {

    Key key() {
        return new Key(owner.name().replace('/', '.'), method.name(), method.descriptor());
    }

    boolean isStatic() {
        return Modifier.isStatic(method.flags());
    }

    boolean isPrivate() {
        return Modifier.isPrivate(method.flags());
    }

    boolean isAbstract() {
        return Modifier.isAbstract(method.flags());
    }

    /// Whether only its own package can override it.
    boolean isOfPackage() {
        return !Modifier.isPublic(method.flags()) && !Modifier.isProtected(method.flags());
    }

    /// Whether the class of the receiver decides what a call reaches.
    boolean isVirtual() {
        return !isStatic() && !isPrivate();
    }

    boolean isOverridable() {
        return isVirtual() && !Modifier.isFinal(method.flags()) && !owner.isFinal();
    }
}
