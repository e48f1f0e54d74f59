package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;

/// Makes a class for the default of one method. If the class of the method is already loaded, it can get no twin, so
/// the default needs another class.
///
/// The new class has one static method, [Shape#METHOD]. If there is a receiver, it is the first parameter. The
/// caller defines the class as a hidden nestmate of the owner
/// ([java.lang.invoke.MethodHandles.Lookup#defineHiddenClass]), so the body can use private members. A program can
/// see only one difference: stack traces do not show the frames of hidden classes. This class refuses the following
/// bodies:
///
/// - The body calls a method of a superclass, or a default method of an interface, with `super`.
/// - It uses a protected member that its class inherits from another package. Or it may do so, because a class was
///   not found.
/// - It calls a method of the JDK that checks its caller.
/// - It has an `invokedynamic` or a constant with a bootstrap method outside the JDK, or a serializable lambda.
///   These depend on their class.
/// - It assigns a final field, or another agent has inserted code before its prologue.
/// - Its class file version is below 51.
public final class DefaultTwin {

    /// The first version in which `invokevirtual` can call private methods of nestmates (Java 11).
    private static final int LEAST_VERSION = 55;

    private static final String SUFFIX = "$$repoint$default";
    private static final String BODY = "body";

    private final ClassModel model;
    private final MethodModel method;
    private final MethodShape shape;
    private final TwinBody body;

    private DefaultTwin(ClassModel model, MethodModel method, TwinBody body) {
        this.model = model;
        this.method = method;
        this.body = body;
        this.shape = MethodShape.of(model, method);
    }

    /// The class file for the default of a method.
    ///
    /// @param classFile the class that declares the method, with or without its prologue; this method does not write
    ///     to it
    /// @param name the method's name
    /// @param descriptor its descriptor, without a receiver
    /// @param classes the source of the superclasses
    /// @return a class file in the same package
    /// @throws PatchException if the body does not work in another class, or the class does not declare the method
    ///     with a body; the message gives the reason
    /// @throws WeaveException if the class file is malformed
    public static byte[] of(byte[] classFile, String name, String descriptor, ClassSource classes) {
        RawPool pool = RawPool.read(classFile, new Needles());
        Key key = new Key(pool.thisClass().replace('/', '.'), name, Descriptors.checked(descriptor));
        try {
            ClassModel model = Parsing.parse(classFile);
            MethodModel method = find(model, key);
            Hierarchy hierarchy = new Hierarchy(Outline.of(pool.view()), new Outlines(classes));
            TwinBody body = TwinBody.of(model, method);
            new TwinRules(model, hierarchy, key).check(body.original());
            return new DefaultTwin(model, method, body).build();
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw WeaveException.failed(pool.thisClass(), e);
        }
    }

    /// A refusal.
    static PatchException refused(Key key, String reason) {
        return new PatchRefusal(
                key, ": its default cannot be called, because its body works only in its own class: " + reason);
    }

    private static MethodModel find(ClassModel model, Key key) {
        for (MethodModel method : model.methods()) {
            if (method.methodName().equalsString(key.name())
                    && method.methodType().equalsString(key.descriptor())) {
                if (key.name().startsWith("<") || method.code().isEmpty()) {
                    throw new PatchRefusal(key, ": it has no body to call");
                }
                if (model.majorVersion() < EntryRules.LEAST_VERSION) {
                    throw refused(
                            key,
                            "class file version " + model.majorVersion() + " is below " + EntryRules.LEAST_VERSION);
                }
                return method;
            }
        }
        throw new PatchRefusal(key, ": the class declares no such method");
    }

    private byte[] build() {
        ClassDesc self = ClassDesc.ofDescriptor('L' + model.thisClass().asInternalName() + SUFFIX + ';');
        return Parsing.CONTEXT.build(self, type -> {
            type.withVersion(Math.max(model.majorVersion(), LEAST_VERSION), model.minorVersion());
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            model.findAttribute(Attributes.sourceFile()).ifPresent(type::with);
            OwnerStart start = OwnerStart.of(model, method);
            if (Modifier.isSynchronized(method.flags().flagsMask())) {
                writeBody(type, BODY, ClassFile.ACC_PRIVATE, OwnerStart.NOTHING);
                new LockedCall(self, BODY, model, method, shape, start).write(type);
            } else {
                writeBody(type, Shape.METHOD, 0, start);
            }
        });
    }

    private void writeBody(ClassBuilder type, String name, int flags, OwnerStart start) {
        type.withMethod(
                name,
                MethodTypeDesc.ofDescriptor(shape.staticDescriptor()),
                flags | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                method -> method.transformCode(body.code(), body.transform(start)));
    }
}
