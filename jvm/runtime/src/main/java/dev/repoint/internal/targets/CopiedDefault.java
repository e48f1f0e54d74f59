package dev.repoint.internal.targets;

import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.classfile.BodyCopy;
import dev.repoint.internal.classfile.UncopiableException;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The default of a method. Most are a copy of the body in a hidden nestmate.
///
/// @param handle calls it
/// @param shape the object that prologues call; null if it is a method, or the hidden class could not name all types
record CopiedDefault(MethodHandle handle, @Nullable Object shape) {

    /// The copy of the body of a method. It is kept, unless an agent may weave the body anew.
    ///
    /// @param owner a look-up of its class with full privilege
    /// @throws PatchException if it cannot be copied; the message says why
    static CopiedDefault of(Signature wanted, MethodHandles.Lookup owner) {
        return Weaving.classFiles() != null
                ? make(wanted, owner)
                : (CopiedDefault) HiddenClasses.kept(
                        owner, "default " + wanted.key().name() + wanted.key().descriptor(), () -> make(wanted, owner));
    }

    private static CopiedDefault make(Signature wanted, MethodHandles.Lookup owner) {
        try {
            boolean canImplement = canImplement(wanted, owner);
            byte[] bytes = BodyCopy.of(
                    OwnClassFile.body(wanted.point()),
                    OwnClassFile.LINK_PACKAGE,
                    new Inherited(owner.lookupClass()),
                    canImplement ? shape(wanted) : null);
            MethodHandles.Lookup copy = owner.defineHiddenClassWithClassData(
                    bytes, owner, false, MethodHandles.Lookup.ClassOption.NESTMATE);
            MethodHandle handle = copy.findStatic(copy.lookupClass(), BodyCopy.METHOD, wanted.type());
            Object shape = canImplement
                    ? HiddenClasses.make(copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)))
                    : null;
            return new CopiedDefault(handle, shape);
        } catch (UncopiableException e) {
            throw new PatchRefusal(wanted.key(), ": its default cannot be called: " + e.getMessage(), e);
        } catch (ReflectiveOperationException | LinkageError | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new PatchRefusal(wanted.key(), ": its default cannot be defined beside its class: " + e, e);
        }
    }

    private static boolean canImplement(Signature wanted, MethodHandles.Lookup owner) {
        Access access = new Access(owner);
        return access.canNameAll(wanted.type())
                && access.canName(Shape.show(wanted.method().getDeclaringClass(), wanted.shape()));
    }

    private static BodyCopy.Interface shape(Signature wanted) {
        String descriptor = Shape.callDescriptor(wanted.key().descriptor(), wanted.isStatic());
        return new BodyCopy.Interface(wanted.shape(), Shape.METHOD, descriptor);
    }

    /// The protected members that a class inherits from other packages, by name, a blank and the descriptor. They are
    /// read when they are first asked for.
    private static final class Inherited implements Predicate<String> {

        private final Class<?> owner;
        private @Nullable Set<String> members;

        Inherited(Class<?> owner) {
            this.owner = owner;
        }

        @Override
        public boolean test(String member) {
            Set<String> known = members;
            if (known == null) {
                known = read();
                members = known;
            }
            return known.contains(member);
        }

        private Set<String> read() {
            Set<String> found = new HashSet<>();
            for (Class<?> each = owner.getSuperclass(); each != null; each = each.getSuperclass()) {
                if (each.getClassLoader() == owner.getClassLoader()
                        && each.getPackageName().equals(owner.getPackageName())) {
                    continue;
                }
                for (Method method : each.getDeclaredMethods()) {
                    if (Modifier.isProtected(method.getModifiers())) {
                        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                        found.add(method.getName() + " " + type.descriptorString());
                    }
                }
                for (Field field : each.getDeclaredFields()) {
                    if (Modifier.isProtected(field.getModifiers())) {
                        found.add(field.getName() + " " + field.getType().descriptorString());
                    }
                }
            }
            return found;
        }
    }
}
