package dev.repoint.link;

import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.FieldPoints;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/// The bootstrap methods of woven code that uses patchable fields. The name of each instruction is the field's
/// name.
///
/// A read asks whether the value is to be had from the runtime, and if so for the value; both answers are
/// constants to the compiler. Else the original `getstatic` follows. An assignment says so before and after the
/// original `putstatic`, one by reflection after it.
///
/// ```
/// invokedynamic readable()Z           dup
/// ifeq plain                          invokedynamic enter(T)I
/// invokedynamic value()T              istore ticket
/// checkcast, goto end                 putstatic
/// plain: getstatic                    iload ticket
/// end:                                invokedynamic leave(I)V
/// ```
///
/// Every reference is an `Object` here, so that asking loads no class that the original instruction does not
/// load. The names and the descriptor are strings. They are declared as objects, because the JVM passes arguments of
/// bootstrap methods as objects, and builds a conversion for every other type when a program starts.
public final class FieldLink {

    private FieldLink() {}

    /// Links the question of a class whether it may take a field's value from the runtime.
    ///
    /// @param caller the class that reads the field, with full access
    /// @param name the field's name
    /// @param type `()Z`
    /// @param named binary name of the class that the field's constant names
    /// @param declaring binary name of the class that declares the field
    /// @param descriptor the field's descriptor
    /// @return a call site that gives true if [#value] has the value, false if the field has to be read
    public static CallSite readable(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            Object named,
            Object declaring,
            Object descriptor) {
        return new ReadSite(use(caller, name, named, declaring, descriptor), false);
    }

    /// As [#readable], for a field that is in [dev.repoint.Mode#POINTER] at first.
    ///
    /// @param caller the class that reads the field, with full access
    /// @param name the field's name
    /// @param type `()Z`
    /// @param named binary name of the class that the field's constant names
    /// @param declaring binary name of the class that declares the field
    /// @param descriptor the field's descriptor
    /// @return as [#readable]
    public static CallSite pointerReadable(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            Object named,
            Object declaring,
            Object descriptor) {
        return new ReadSite(use(caller, name, named, declaring, descriptor), true);
    }

    /// Links the question for a field's value, which comes behind [#readable].
    ///
    /// @param caller the class that reads the field, with full access
    /// @param name the field's name
    /// @param type the field's type if it is primitive, else `Object`
    /// @param named binary name of the class that the field's constant names
    /// @param declaring binary name of the class that declares the field
    /// @param descriptor the field's descriptor
    /// @return a call site that gives the value
    public static CallSite value(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            Object named,
            Object declaring,
            Object descriptor) {
        FieldUse.Found found = use(caller, name, named, declaring, descriptor).find();
        if (found == null) {
            throw new NoSuchFieldError(declaring + "." + name + " was readable, and is not found any more");
        }
        return found.point().site();
    }

    /// Links what a class says before it assigns a field.
    ///
    /// @param caller the class that assigns the field, with full access
    /// @param name the field's name
    /// @param type takes the field's type if it is primitive, else `Object`; returns `int`
    /// @param named binary name of the class that the field's constant names
    /// @param declaring binary name of the class that declares the field
    /// @param descriptor the field's descriptor
    /// @return a call site that takes the value which is about to be assigned, and gives a ticket for [#leave]
    public static CallSite enter(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            Object named,
            Object declaring,
            Object descriptor) {
        return new WriteSite(use(caller, name, named, declaring, descriptor)).before(type);
    }

    /// Links what a class says after it has assigned a field.
    ///
    /// @param caller the class that assigns the field, with full access
    /// @param name the field's name
    /// @param type `(I)V`
    /// @param named binary name of the class that the field's constant names
    /// @param declaring binary name of the class that declares the field
    /// @param descriptor the field's descriptor
    /// @return a call site that takes the ticket
    public static CallSite leave(
            MethodHandles.Lookup caller,
            String name,
            MethodType type,
            Object named,
            Object declaring,
            Object descriptor) {
        return new WriteSite(use(caller, name, named, declaring, descriptor)).after();
    }

    private static FieldUse use(
            MethodHandles.Lookup caller, String name, Object named, Object declaring, Object descriptor) {
        return new FieldUse(caller, name, (String) named, (String) declaring, (String) descriptor);
    }

    /// Says that woven code has assigned a field by reflection. Its readers get the value from now on.
    ///
    /// @param field any field; only a static one can be patchable
    public static void assigned(Field field) {
        FieldPoint point = Modifier.isStatic(field.getModifiers()) ? FieldPoints.known(field) : null;
        if (point != null) {
            point.leave(FieldPoint.NOT_COUNTED);
        }
    }
}
