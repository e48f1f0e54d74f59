package dev.repoint.internal.classfile;

import java.lang.reflect.Modifier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Copies the body of a method to a class of its own, which is to be a hidden nestmate of the method's class
/// ([java.lang.invoke.MethodHandles.Lookup#defineHiddenClass]). So the body can use private members.
///
/// The class has the constants of the original at the same indexes. So the code stays as it is, and so do bootstrap
/// methods. The locals of an instance method are those of a static one whose first parameter is the receiver.
///
/// A program can see one difference: stack traces do not show the frames of hidden classes.
public final class BodyCopy {

    /// The name of the static method. If the original has a receiver, it is the first parameter.
    public static final String METHOD = "original";

    private static final String UNLOCKED = "body";
    private static final String SUFFIX = "$$repoint$default";
    private static final int MAGIC = 0xcafebabe;
    private static final int MOST_CONSTANTS = 65_535;
    private static final int STATIC = Modifier.PRIVATE | Modifier.STATIC | ClassWriter.SYNTHETIC;
    private static final int HANDLE_OF_VIRTUAL = 5;
    private static final int HANDLE_OF_INTERFACE = 9;

    /// That of Java 11, the first with nestmates.
    private static final int LEAST_VERSION = 55;

    private final Body body;
    private final ClassBytes file;
    private final ConstantPool pool;
    private final String self;
    private final String descriptor;
    private final BootstrapCopy bootstraps;
    private final OwnerCalls ownerCalls;
    private final CodeCopy code;
    private final ByteOutput methods = new ByteOutput();
    private int methodCount;

    private BodyCopy(Body body, String linkPackage, Predicate<String> isProtected) {
        this.body = body;
        this.file = body.file;
        this.pool = new ConstantPool(file.constants.length);
        this.self = file.name() + SUFFIX;
        this.bootstraps = new BootstrapCopy(file, pool, linkPackage);
        this.ownerCalls = new OwnerCalls(file, pool, bootstraps, self);
        this.code = new CodeCopy(body, ownerCalls, isProtected);
        this.descriptor = body.isStatic() ? body.descriptor : "(L" + file.name() + ";" + body.descriptor.substring(1);
    }

    /// The class file.
    ///
    /// @param linkPackage internal name of the package with the bootstrap methods of woven code, a slash at the end
    /// @param isProtected whether the class inherits a protected member from another package, by name, a blank and
    ///     the descriptor
    /// @param shape the interface through which prologues call targets of this type, or null: with it the class
    ///     implements the interface, and has a constructor without parameters
    /// @return a class file in the package of the original; its class data must be a look-up of the original
    /// @throws UncopiableException if the code works only in its own class
    /// @throws RuntimeException if the class file is malformed
    public static byte[] of(Body body, String linkPackage, Predicate<String> isProtected, @Nullable Interface shape) {
        return new BodyCopy(body, linkPackage, isProtected).write(shape);
    }

    /// An interface to implement.
    ///
    /// @param name its internal name
    /// @param method its method
    /// @param descriptor the method's descriptor, in which each reference is an Object
    public record Interface(String name, String method, String descriptor) {}

    private byte[] write(@Nullable Interface shape) {
        ByteOutput header = new ByteOutput();
        header.u2(Modifier.FINAL | 0x20 | ClassWriter.SYNTHETIC);
        header.u2(pool.type(self)).u2(pool.type("java/lang/Object"));
        header.u2(shape == null ? 0 : 1);
        if (shape != null) {
            header.u2(pool.type(shape.name()));
            writeConstructor();
            writeCall(shape.method(), shape.descriptor());
        }
        header.u2(0);
        writeBody();
        methodCount += ownerCalls.write(methods);
        ByteOutput attributes = new ByteOutput();
        byte[] constants = constants();
        int attributeCount = writeAttributes(attributes);
        int size = file.constants.length + pool.size();
        if (size > MOST_CONSTANTS) {
            throw new UncopiableException("its class has " + (file.constants.length - 1) + " constants, so there is no"
                    + " room for those of a copy");
        }
        int major = file.u2(6);
        ByteOutput out = new ByteOutput().u4(MAGIC);
        out.u2(major < LEAST_VERSION ? 0 : file.u2(4)).u2(Math.max(major, LEAST_VERSION));
        out.u2(size).bytes(constants, 10, file.poolEnd);
        pool.writeAdded(out);
        out.copy(header).u2(methodCount).copy(methods);
        return out.u2(attributeCount).copy(attributes).toByteArray();
    }

    /// The class file with its constants changed: handles of `invokespecial` for methods of the class itself, and
    /// dynamic ones that depend on the class.
    private byte[] constants() {
        byte[] bytes = file.bytes.clone();
        for (int i = 1; i < file.constants.length; i++) {
            int at = file.constants[i];
            if (file.tag(i) == ClassBytes.METHOD_HANDLE && file.u1(at + 1) == CodeCopy.HANDLE_OF_SPECIAL) {
                int member = file.memberOf(i);
                if (file.ownerOf(member).equals(file.name())) {
                    boolean ofInterface = file.tag(member) == ClassBytes.INTERFACE_METHOD;
                    bytes[at + 1] = (byte) (ofInterface ? HANDLE_OF_INTERFACE : HANDLE_OF_VIRTUAL);
                }
            }
        }
        bootstraps.redirect(bytes);
        return bytes;
    }

    private void begin(int flags, String name, String type) {
        methodCount++;
        methods.u2(flags).u2(pool.utf8(name)).u2(pool.utf8(type)).u2(1);
    }

    private void writeConstructor() {
        begin(0, ClassWriter.CONSTRUCTOR, "()V");
        CodeWriter code = new CodeWriter(pool);
        code.loadFirst().invokeConstructor("java/lang/Object", "()V").giveBack("V");
        code.write(methods, 1);
    }

    /// Writes the method of the shape: it casts its arguments and calls the copy.
    private void writeCall(String name, String erased) {
        begin(Modifier.PUBLIC | Modifier.FINAL, name, erased);
        CodeWriter code = new CodeWriter(pool);
        loadCast(code);
        code.invokeStatic(self, METHOD, descriptor, false);
        code.giveBack(Descriptors.result(erased));
        code.write(methods, 1 + Descriptors.slots(descriptor));
    }

    private void writeBody() {
        ByteOutput start = OwnerStart.of(body, pool);
        if (!body.isSynchronized()) {
            begin(STATIC, METHOD, descriptor);
            code.write(methods, pool.utf8("Code"), start);
            return;
        }
        begin(STATIC, UNLOCKED, descriptor);
        code.write(methods, pool.utf8("Code"), new ByteOutput());
        begin(STATIC, METHOD, descriptor);
        new LockedCall(body, pool)
                .write(
                        methods,
                        start,
                        descriptor,
                        call -> call.loadAll(descriptor).invokeStatic(self, UNLOCKED, descriptor, false));
    }

    private void loadCast(CodeWriter code) {
        int slot = 1;
        for (int at = 1; descriptor.charAt(at) != ')'; ) {
            int next = Descriptors.next(descriptor, at);
            String type = descriptor.substring(at, next);
            code.load(type, slot);
            if (type.charAt(0) == '[') {
                code.cast(type);
            } else if (type.charAt(0) == 'L' && !type.equals("Ljava/lang/Object;")) {
                code.cast(type.substring(1, type.length() - 1));
            }
            slot += Descriptors.width(type.charAt(0));
            at = next;
        }
    }

    /// @return their number
    private int writeAttributes(ByteOutput out) {
        int count = 0;
        int source = file.attribute(file.attributesAt, "SourceFile");
        if (source != 0) {
            out.bytes(file.bytes, source, file.endOfAttribute(source));
            count++;
        }
        if (!bootstraps.isEmpty()) {
            bootstraps.write(out);
            count++;
        }
        return count;
    }
}
