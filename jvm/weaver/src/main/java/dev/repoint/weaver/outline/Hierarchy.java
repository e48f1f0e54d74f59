package dev.repoint.weaver.outline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Resolves constants like the Java virtual machine (JVMS 5.4.3.2 to 5.4.3.4), for one class, by parsing.
///
/// If the source does not have a class, the search ends. The result is then the member of the class in the constant.
public final class Hierarchy {

    private final Outline self;
    private final Outlines outlines;

    public Hierarchy(Outline self, Outlines outlines) {
        this.self = self;
        this.outlines = outlines;
    }

    /// Types that were found, and whether all of them were found.
    private record Found(Set<Outline> types, boolean complete) {}

    /// Resolves a method.
    ///
    /// @param owner internal name of the class in the constant
    /// @param ofInterface whether the constant is an InterfaceMethodref
    public Member method(String owner, String name, String descriptor, boolean ofInterface) {
        Member member = ofInterface ? ofInterface(owner, name, descriptor) : ofClass(owner, name, descriptor);
        return member == null ? Member.notFound(owner) : member;
    }

    /// Resolves a field.
    public Member field(String owner, String name, String descriptor) {
        for (Outline type : superclasses(owner).types()) {
            Set<Outline> declaring = new LinkedHashSet<>(Set.of(type));
            declaring.addAll(superinterfaces(Set.of(type)).types());
            for (Outline candidate : declaring) {
                Integer flags = candidate.field(name, descriptor);
                if (flags != null) {
                    return new Member(candidate.name(), flags);
                }
            }
        }
        return Member.notFound(owner);
    }

    /// Whether the source has all superclasses of the class itself.
    public boolean knowsSuperclasses() {
        return superclasses(self.name()).complete();
    }

    /// Whether a class is a known superclass of the class itself.
    public boolean hasSuperclass(String internalName) {
        for (Outline type : superclasses(self.name()).types()) {
            if (internalName.equals(type.superName())) {
                return true;
            }
        }
        return false;
    }

    /// The first class in a descriptor that the program cannot load, or null.
    @Nullable
    public String missing(String types) {
        int begin = types.indexOf('L');
        while (begin >= 0) {
            int end = types.indexOf(';', begin);
            String name = types.substring(begin + 1, end);
            if (!name.equals(self.name()) && outlines.isMissing(name)) {
                return name;
            }
            begin = types.indexOf('L', end);
        }
        return null;
    }

    /// The outline of a class: for the class itself the current one, for others that of the source.
    @Nullable
    public Outline find(String internalName) {
        return internalName.equals(self.name()) ? self : outlines.find(internalName);
    }

    private @Nullable Member ofClass(String owner, String name, String descriptor) {
        Found classes = superclasses(owner);
        for (Outline type : classes.types()) {
            Integer flags = type.method(name, descriptor);
            if (flags != null) {
                return new Member(type.name(), flags);
            }
        }
        return classes.complete() ? ofSuperinterfaces(classes.types(), name, descriptor) : null;
    }

    private @Nullable Member ofInterface(String owner, String name, String descriptor) {
        Outline type = find(owner);
        if (type == null) {
            return null;
        }
        Integer flags = type.method(name, descriptor);
        if (flags != null) {
            return new Member(owner, flags);
        }
        Outline object = find("java/lang/Object");
        Integer ofObject = object == null ? null : object.method(name, descriptor);
        return ofObject != null
                ? new Member("java/lang/Object", ofObject)
                : ofSuperinterfaces(Set.of(type), name, descriptor);
    }

    /// The maximally-specific superinterface method, otherwise any (JVMS 5.4.3.3, method resolution step 3).
    private @Nullable Member ofSuperinterfaces(Set<Outline> types, String name, String descriptor) {
        Found interfaces = superinterfaces(types);
        if (!interfaces.complete()) {
            return null;
        }
        List<Outline> declaring = new ArrayList<>();
        for (Outline type : interfaces.types()) {
            Integer flags = type.method(name, descriptor);
            if (flags != null && isInherited(new Member(type.name(), flags))) {
                declaring.add(type);
            }
        }
        declaring.removeAll(superinterfaces(new LinkedHashSet<>(declaring)).types());
        Member any = null;
        for (Outline type : declaring) {
            Integer flags = type.method(name, descriptor);
            Member member = new Member(type.name(), flags == null ? 0 : flags);
            if (!member.isAbstract()) {
                return member;
            }
            any = any == null ? member : any;
        }
        return any;
    }

    private static boolean isInherited(Member ofInterface) {
        return !ofInterface.isPrivate() && !ofInterface.isStatic();
    }

    /// A class and its superclasses, nearest first. In a damaged file, a class may be its own superclass.
    private Found superclasses(String internalName) {
        Set<Outline> types = new LinkedHashSet<>();
        String next = internalName;
        while (next != null) {
            Outline type = find(next);
            if (type == null || !types.add(type)) {
                return new Found(types, false);
            }
            next = type.superName();
        }
        return new Found(types, true);
    }

    /// All superinterfaces of some types, without the types themselves.
    private Found superinterfaces(Set<Outline> types) {
        Set<Outline> found = new LinkedHashSet<>();
        List<Outline> open = new ArrayList<>(types);
        boolean complete = true;
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            for (String name : open.remove(0).interfaces()) {
                if (seen.add(name)) {
                    Outline type = find(name);
                    complete &= type != null;
                    if (type != null) {
                        found.add(type);
                        open.add(type);
                    }
                }
            }
        }
        return new Found(found, complete);
    }
}
