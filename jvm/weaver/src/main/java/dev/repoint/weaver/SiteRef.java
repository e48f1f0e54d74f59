package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.constantpool.MemberRefEntry;
import org.jspecify.annotations.Nullable;

/// A constant that resolves to a method whose calls are wanted.
///
/// @param constant the constant
/// @param key the method that it resolves to
/// @param receiver internal name of the type that a receiver has at least: the class that the constant names,
///     or the calling class where the member is a protected one of a superclass in another package (JVMS
///     4.10.1.8)
/// @param mayBeProtected whether it may be such a member, but a class was not found that would tell
/// @param refusal why such calls cannot be patched, or null
record SiteRef(
        MemberRefEntry constant,
        Key key,
        String receiver,
        boolean mayBeProtected,
        @Nullable String refusal) {

    String descriptor() {
        return constant.type().stringValue();
    }
}
