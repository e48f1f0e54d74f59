package dev.repoint.weaver.rules;

import dev.repoint.Key;
import org.jspecify.annotations.Nullable;

/// A constant that resolves to a wanted method.
///
/// @param constant its index
/// @param key the method
/// @param receiver internal name of a supertype of every receiver: the class in the constant. If the member is a
///     protected one of a superclass in another package, it is the calling class (JVMS 4.10.1.8)
/// @param missing internal name of a class in its type that the program does not have, or null: a bridge of that type
///     would fail everybody who lists the methods of the class
/// @param mayBeProtected whether it may be such a member, because a class was not found
/// @param refusal the reason why such calls cannot be patched, or null
record SiteRef(
        int constant,
        Key key,
        String receiver,
        @Nullable String missing,
        boolean mayBeProtected,
        @Nullable String refusal) {}
