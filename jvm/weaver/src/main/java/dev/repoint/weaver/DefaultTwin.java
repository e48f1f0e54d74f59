package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.shape.Shape;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;

/// Makes a class of its own for the default of a method: the way to call it where the method's class, being
/// loaded, can get no twin.
///
/// The class has one static method to call, [Shape#METHOD], with the receiver, if there is one, as its first
/// parameter, and is to be defined as a hidden nestmate of the owner
/// ([java.lang.invoke.MethodHandles.Lookup#defineHiddenClass]), so that the body can use what is private there.
/// It differs from the original in nothing that a program can see, except that its frames, being those of a
/// hidden class, do not show in stack traces. A body for which that cannot be had is refused:
///
/// - It calls a superclass's method, or an interface's default method, as `super`.
/// - It uses a protected member that its class inherits from another package, or may do so: a class was not
///   found.
/// - It calls one of the JDK's methods that ask who calls them.
/// - It links an `invokedynamic` or a constant by something else than the JDK, or a serializable lambda: these
///   depend on the class that they are in.
/// - It assigns a final field, or an agent has put code before its prologue.
/// - Its class file version is below 51.
public final class DefaultTwin {

    /// The first version whose code may call private methods of nestmates by `invokevirtual` (Java 11).
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
        this.shape = EntryRules.shapeOf(model, method);
    }

    /// The class file of the default of a method.
    ///
    /// @param classFile the class that declares the method, with or without its prologue; not written to
    /// @param name the method's name
    /// @param descriptor its descriptor, without a receiver
    /// @param classes where the class's superclasses are found
    /// @return a class file in the same package
    /// @throws PatchException if the body cannot stand in another class, or the class does not declare the
    ///     method with a body; the message says why
    /// @throws WeaveException if the class file is malformed
    public static byte[] of(byte[] classFile, String name, String descriptor, ClassSource classes) {
        RawPool pool = RawPool.read(classFile, new Needles());
        Key key = new Key(pool.thisClass().replace('/', '.'), name, Descriptors.checked(descriptor));
        try {
            ClassModel model = Parsing.parse(classFile);
            MethodModel method = find(model, key);
            Hierarchy hierarchy = new Hierarchy(Outline.of(model), new Outlines(classes));
            TwinBody body = TwinBody.of(model, method);
            new TwinRules(model, hierarchy, key).check(body.original());
            return new DefaultTwin(model, method, body).build();
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw Parsing.failed(pool.thisClass(), e);
        }
    }

    /// A refusal.
    static PatchException refused(Key key, String reason) {
        return new PatchException(
                key + ": its default cannot be called, because its body works only in its own class: " + reason);
    }

    private static MethodModel find(ClassModel model, Key key) {
        for (MethodModel method : model.methods()) {
            if (method.methodName().equalsString(key.name())
                    && method.methodType().equalsString(key.descriptor())) {
                if (key.name().startsWith("<") || method.code().isEmpty()) {
                    throw new PatchException(key + ": it has no body to call");
                }
                if (model.majorVersion() < EntryRules.LEAST_VERSION) {
                    throw refused(
                            key,
                            "class file version " + model.majorVersion() + " is below " + EntryRules.LEAST_VERSION);
                }
                return method;
            }
        }
        throw new PatchException(key + ": the class declares no such method");
    }

    private byte[] build() {
        ClassDesc self = ClassDesc.ofInternalName(model.thisClass().asInternalName() + SUFFIX);
        return Parsing.CONTEXT.build(self, type -> {
            type.withVersion(Math.max(model.majorVersion(), LEAST_VERSION), model.minorVersion());
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            model.findAttribute(Attributes.sourceFile()).ifPresent(type::with);
            OwnerStart start = OwnerStart.of(model, method);
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
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
