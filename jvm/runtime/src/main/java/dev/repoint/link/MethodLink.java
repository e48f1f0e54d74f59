package dev.repoint.link;

import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.Points;
import dev.repoint.internal.point.TargetSwitch;
import dev.repoint.internal.policy.MethodChoosing;
import dev.repoint.internal.policy.Unchosen;
import dev.repoint.internal.report.LinkKind;
import dev.repoint.internal.report.LinkReport;
import dev.repoint.internal.report.Reported;
import dev.repoint.internal.report.Reports;
import dev.repoint.shape.Shape;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// The bootstrap methods of woven code that calls patchable methods.
///
/// A prologue and a bridge ask for their target with an `invokedynamic` that takes nothing and returns an
/// object: null for the default, or an instance of the method's [Shape]. The name of that instruction is the
/// method's name. The answer is a constant to the compiler, so that the default costs nothing, and the
/// instruction is a leaf, so that it does not count as recursion where patchables nest.
///
/// The names and descriptors are strings, and fingerprints are integers. They are declared as objects, because the JVM
/// passes arguments of bootstrap methods as objects, and builds a conversion for every other type when a program starts.
/// Entries have the type of the JDK's own bootstrap methods for `switch`. From Java 25 on the JVM has the code for calls of
/// this type in its archive. For every other type it loads a hundred classes to write that code.
///
/// Nothing here throws: what cannot be linked leads to the default, and is logged and noted.
public final class MethodLink {

    private MethodLink() {}

    /// Links the entry of a method, in [dev.repoint.Mode#CONSTANT] at first.
    ///
    /// @param caller the method's class, with full access
    /// @param name the method's name
    /// @param type `()Object`
    /// @param constants the method's descriptor, without a receiver, and the fingerprint of the class file that was woven
    /// @return a call site that gives the target
    public static CallSite entry(MethodHandles.Lookup caller, String name, MethodType type, Object... constants) {
        return linkEntry(caller, name, (String) constants[0], false, (Integer) constants[1]);
    }

    /// Links the entry of a method, in [dev.repoint.Mode#POINTER] at first.
    ///
    /// @param caller the method's class, with full access
    /// @param name the method's name
    /// @param type `()Object`
    /// @param constants the method's descriptor, without a receiver, and the fingerprint of the class file that was woven
    /// @return a call site that gives the target
    public static CallSite pointerEntry(
            MethodHandles.Lookup caller, String name, MethodType type, Object... constants) {
        return linkEntry(caller, name, (String) constants[0], true, (Integer) constants[1]);
    }

    /// As [#entry(MethodHandles.Lookup, String, MethodType, Object...)], in code that was woven in format 2. It has a
    /// twin of each method.
    ///
    /// @param caller the method's class, with full access
    /// @param name the method's name
    /// @param type `()Object`
    /// @param descriptor the method's descriptor, without a receiver
    /// @return a call site that gives the target
    public static CallSite entry(MethodHandles.Lookup caller, String name, MethodType type, Object descriptor) {
        return linkEntry(caller, name, (String) descriptor, false, 0);
    }

    /// As [#pointerEntry(MethodHandles.Lookup, String, MethodType, Object...)], in code that was woven in format 2.
    ///
    /// @param caller the method's class, with full access
    /// @param name the method's name
    /// @param type `()Object`
    /// @param descriptor the method's descriptor, without a receiver
    /// @return a call site that gives the target
    public static CallSite pointerEntry(MethodHandles.Lookup caller, String name, MethodType type, Object descriptor) {
        return linkEntry(caller, name, (String) descriptor, true, 0);
    }

    /// Links the calls with a receiver that one class makes of a method of another.
    ///
    /// A class that the plain call could not find leads to the default: the original instruction stands behind
    /// it, and fails as it always did.
    ///
    /// @param caller the class that calls, with full access
    /// @param name the method's name
    /// @param type `()Object`
    /// @param owner binary name of the class that declares the method
    /// @param descriptor the method's descriptor, without a receiver
    /// @return a call site that gives the target
    public static CallSite site(
            MethodHandles.Lookup caller, String name, MethodType type, Object owner, Object descriptor) {
        show(caller, Shape.nameOf((String) descriptor, false));
        Point point = find(caller, name, (String) owner, (String) descriptor);
        return point == null ? new ConstantCallSite(TargetSwitch.DEFAULT) : linkSite(point, caller);
    }

    /// Links the static calls that one class makes of a method of another. As [#site], but the first call
    /// initialises the class that declares the method, whatever the target.
    ///
    /// @param caller the class that calls, with full access
    /// @param name the method's name
    /// @param type `()Object`
    /// @param owner binary name of the class that declares the method
    /// @param descriptor the method's descriptor
    /// @return a call site that gives the target
    public static CallSite staticSite(
            MethodHandles.Lookup caller, String name, MethodType type, Object owner, Object descriptor) {
        Point point = find(caller, name, (String) owner, (String) descriptor);
        if (point == null) {
            return new ConstantCallSite(TargetSwitch.DEFAULT);
        }
        show(caller, Shape.nameOf((String) descriptor, true));
        CallSite unused = linkSite(point, caller);
        return InitializingSite.of(point, caller);
    }

    /// Whatever policies and offers name is chosen before the call site is returned.
    private static CallSite linkEntry(
            MethodHandles.Lookup caller, String name, String descriptor, boolean pointer, int fingerprint) {
        Class<?> owner = caller.lookupClass();
        Point point = Points.of(owner, name, descriptor);
        LinkReport report = Reports.linking(owner);
        CallSite site = point.linkEntry(caller, pointer, fingerprint);
        if (point.isOfAnotherFile()) {
            Reported.once(point.key() + " leads to its default: its class was loaded from another class file than the"
                    + " one from which the default for its target was copied; start the program again");
            return new ConstantCallSite(TargetSwitch.DEFAULT);
        }
        choose(point);
        if (report != null) {
            report.linked(LinkKind.ENTRY, owner, point.state());
        }
        return site;
    }

    /// As [#linkEntry].
    private static CallSite linkSite(Point point, MethodHandles.Lookup caller) {
        LinkReport report = Reports.linking(caller.lookupClass());
        CallSite site = point.linkSite();
        choose(point);
        if (report != null) {
            report.linked(LinkKind.SITE, caller.lookupClass(), point.state());
        }
        return site;
    }

    /// Has a target chosen, unless that was done.
    private static void choose(Point point) {
        if (!Unchosen.leave(point)) {
            MethodChoosing.choose(point);
        }
    }

    /// Lets a class of the program's own loaders find the shape that its bridge names.
    private static void show(MethodHandles.Lookup caller, String shape) {
        if (Shape.isOfProgram(caller.lookupClass().getClassLoader())) {
            Class<?> unused = Shape.show(caller.lookupClass(), shape);
        }
    }

    private static @Nullable Point find(MethodHandles.Lookup caller, String name, String owner, String descriptor) {
        try {
            Class<?> declaring =
                    Class.forName(owner, false, caller.lookupClass().getClassLoader());
            return Points.of(declaring, name, descriptor);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return null; // whatever it is, the original instruction meets it too
        }
    }
}
