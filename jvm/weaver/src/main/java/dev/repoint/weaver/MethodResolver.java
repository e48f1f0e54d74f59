package dev.repoint.weaver;

import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the method that a reference leads to, by parsing class files (JVMS 5.4.3.3 and 5.4.3.4). Nothing is loaded, and
/// access is not checked: the instruction does that when it runs.
///
/// Headers are kept, so one resolver serves many references. Not thread-safe.
final class MethodResolver {

    private static final String OBJECT = "java/lang/Object";

    private final ClassSource classes;
    private final Map<String, ClassHeader> headers = new HashMap<>();
    private final Set<String> missing = new HashSet<>();

    MethodResolver(ClassSource classes) {
        this.classes = classes;
    }

    /// Resolves a reference.
    ///
    /// @param owner what the reference names: an internal name, or the descriptor of an array
    /// @param name the method's name
    /// @param descriptor its descriptor
    /// @param ofInterface whether the reference is an InterfaceMethodref
    /// @return the method; with unknown flags and the named owner if a class on the way was not found; null if the
    ///     classes are there and the reference does not resolve, so that the instruction fails whenever it runs
    @Nullable ResolvedMethod resolve(String owner, String name, String descriptor, boolean ofInterface) {
        String start = owner.charAt(0) == '[' ? OBJECT : owner;
        ClassHeader named = header(start);
        if (named == null) {
            return new ResolvedMethod(start, ResolvedMethod.UNKNOWN, ofInterface);
        }
        if (isInterface(named) != ofInterface) {
            return null; // IncompatibleClassChangeError
        }
        String member = ClassHeader.member(name, descriptor);
        return ofInterface ? inInterface(named, member) : inClass(named, member);
    }

    /// The header of a class, or null if its file is not found or cannot be read.
    @Nullable ClassHeader header(String internalName) {
        ClassHeader known = headers.get(internalName);
        if (known != null || missing.contains(internalName)) {
            return known;
        }
        byte[] bytes = classes.find(internalName);
        if (bytes == null) {
            missing.add(internalName);
            return null;
        }
        try {
            ClassHeader header = ClassHeader.of(Parsing.CONTEXT.parse(bytes));
            headers.put(internalName, header);
            return header;
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            missing.add(internalName); // its own weaving reports it; here it is taken at its name
            return null;
        }
    }

    /// JVMS 5.4.3.3: the class and its superclasses, then all superinterfaces.
    private @Nullable ResolvedMethod inClass(ClassHeader named, String member) {
        for (ClassHeader at : superclasses(named)) {
            int flags = at.flagsOf(member);
            if (flags >= 0) {
                return new ResolvedMethod(at.name(), flags, false);
            }
        }
        return inSuperinterfaces(named, member);
    }

    /// JVMS 5.4.3.4: the interface, then public instance methods of Object, then all superinterfaces.
    private @Nullable ResolvedMethod inInterface(ClassHeader named, String member) {
        int own = named.flagsOf(member);
        if (own >= 0) {
            return new ResolvedMethod(named.name(), own, true);
        }
        ClassHeader object = header(OBJECT);
        int ofObject = object == null ? -1 : object.flagsOf(member);
        if (ofObject >= 0 && (ofObject & ClassFile.ACC_PUBLIC) != 0 && (ofObject & ClassFile.ACC_STATIC) == 0) {
            return new ResolvedMethod(OBJECT, ofObject, false);
        }
        return inSuperinterfaces(named, member);
    }

    /// The one maximally-specific method that is not abstract, or else any that is neither private nor static.
    private @Nullable ResolvedMethod inSuperinterfaces(ClassHeader named, String member) {
        if (isIncomplete(named)) {
            return new ResolvedMethod(named.name(), ResolvedMethod.UNKNOWN, isInterface(named));
        }
        List<ClassHeader> declaring = new ArrayList<>();
        for (ClassHeader each : superinterfaces(named)) {
            int flags = each.flagsOf(member);
            if (flags >= 0 && (flags & (ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC)) == 0) {
                declaring.add(each);
            }
        }
        ClassHeader only = null;
        int candidates = 0;
        for (ClassHeader each : declaring) {
            if ((each.flagsOf(member) & ClassFile.ACC_ABSTRACT) == 0 && isMostSpecific(each, declaring)) {
                only = each;
                candidates++;
            }
        }
        if (candidates != 1 && !declaring.isEmpty()) {
            only = declaring.getFirst();
        }
        return only == null ? null : new ResolvedMethod(only.name(), only.flagsOf(member), true);
    }

    private boolean isMostSpecific(ClassHeader candidate, List<ClassHeader> declaring) {
        for (ClassHeader other : declaring) {
            if (other != candidate && superinterfaces(other).contains(candidate)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a superclass or superinterface was not found.
    private boolean isIncomplete(ClassHeader named) {
        Set<ClassHeader> found = superclasses(named);
        found.addAll(superinterfaces(named));
        for (ClassHeader each : found) {
            boolean orphan = each.superName() != null && missing.contains(each.superName());
            if (orphan || each.interfaces().stream().anyMatch(missing::contains)) {
                return true;
            }
        }
        return false;
    }

    /// The class and its superclasses, nearest first, as far as they are found.
    private Set<ClassHeader> superclasses(ClassHeader named) {
        Set<ClassHeader> line = new LinkedHashSet<>(); // a class that is its own superclass ends it
        ClassHeader at = named;
        while (at != null && line.add(at)) {
            at = at.superName() == null ? null : header(at.superName());
        }
        return line;
    }

    /// All superinterfaces of a class or interface, without itself, in the order of declaration.
    private Set<ClassHeader> superinterfaces(ClassHeader named) {
        Set<ClassHeader> all = new LinkedHashSet<>();
        for (ClassHeader at : superclasses(named)) {
            collect(at, all);
        }
        return all;
    }

    private void collect(ClassHeader from, Set<ClassHeader> all) {
        for (String each : from.interfaces()) {
            ClassHeader found = header(each);
            if (found != null && all.add(found)) {
                collect(found, all);
            }
        }
    }

    private static boolean isInterface(ClassHeader header) {
        return (header.flags() & ClassFile.ACC_INTERFACE) != 0;
    }
}
