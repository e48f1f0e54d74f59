package dev.repoint.weaver;

import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the members that a class can use only because it is a subclass: protected members of another package (JVMS
/// 5.4.4). Another class of its package cannot use them.
///
/// @param self internal name of the class
/// @param hierarchy its hierarchy
record ProtectedAccess(String self, Hierarchy hierarchy) {

    /// The reason why the use of a field requires a subclass.
    ///
    /// @return one line, or null if it does not
    @Nullable
    String refusal(FieldRefEntry field) {
        String name = field.name().stringValue();
        String descriptor = field.type().stringValue();
        Member member = hierarchy.field(field.owner().asInternalName(), name, descriptor);
        return refusal(member, field, superclass -> superclass.field(name, descriptor));
    }

    /// The same for a method.
    ///
    /// @param ofInterface whether the constant is an InterfaceMethodref
    @Nullable
    String refusal(MemberRefEntry method, boolean ofInterface) {
        String owner = method.owner().asInternalName();
        if (owner.startsWith("[")) {
            return null; // the methods of arrays are public
        }
        String name = method.name().stringValue();
        String descriptor = method.type().stringValue();
        Member member = hierarchy.method(owner, name, descriptor, ofInterface);
        return refusal(member, method, superclass -> superclass.method(name, descriptor));
    }

    /// The flags of a member of a class, or null.
    private interface Flags {
        @Nullable
        Integer in(Outline superclass);
    }

    private @Nullable String refusal(Member member, MemberRefEntry reference, Flags flags) {
        if (member.isFound()) {
            return member.isProtectedFor(self)
                    ? "it uses " + member.owner().replace('/', '.') + "."
                            + reference.name().stringValue() + ", a protected member of another package"
                    : null;
        }
        String text = reference.owner().asInternalName().replace('/', '.') + "."
                + reference.name().stringValue();
        // Some class is missing. It matters only if the member may be a protected one of a superclass.
        Set<String> seen = new HashSet<>();
        String next = self;
        while (next != null && seen.add(next)) {
            Outline type = hierarchy.find(next);
            if (type == null) {
                return "it uses " + text + ", and this may be protected: class " + next.replace('/', '.')
                        + " was not found";
            }
            Integer found = flags.in(type);
            if (found != null && Modifier.isProtected(found) && new Member(next, found).isProtectedFor(self)) {
                return "it uses " + text + ", and this may be the protected member of " + next.replace('/', '.');
            }
            next = type.superName();
        }
        return null;
    }
}
