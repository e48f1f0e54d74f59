package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.shape.Shape;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.List;

/// The constants with which woven code gets its target. Also recognises them in class files.
final class LinkCalls {

    /// Internal name of the class with the bootstrap methods of entries and sites.
    static final String LINK = "dev/repoint/link/MethodLink";
    private static final String FIELD_LINK = "dev/repoint/link/FieldLink";
    private static final String ASSIGNED = "assigned";
    /// The name of the bootstrap method of an entry.
    static final String ENTRY = "entry";

    private static final String POINTER_ENTRY = "pointerEntry";
    private static final String SITE = "site";
    private static final String STATIC_SITE = "staticSite";
    private static final String TYPE = "()Ljava/lang/Object;";
    private static final String BOOTSTRAP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;%Ljava/lang/String;)Ljava/lang/invoke/CallSite;";
    /// The descriptor of a bootstrap method of an entry.
    static final String ENTRY_BOOTSTRAP = BOOTSTRAP.replace("%", "");
    private static final String SITE_BOOTSTRAP = BOOTSTRAP.replace("%", "Ljava/lang/String;");
    private static final String FIELD_BOOTSTRAP = BOOTSTRAP.replace("%", "Ljava/lang/String;Ljava/lang/String;");

    /// The meaning of an `invokedynamic` for the weaver.
    enum Role {
        ENTRY,
        SITE,
        READABLE,
        ENTER,
        /// An `invokedynamic` that follows [#READABLE] or [#ENTER].
        FIELD,
        OTHER
    }

    private LinkCalls() {}

    /// The `invokedynamic` of a prologue.
    static InvokeDynamicEntry entry(ConstantPoolBuilder pool, String name, String descriptor, boolean pointer) {
        String bootstrap = pointer ? POINTER_ENTRY : ENTRY;
        return indy(pool, LINK, bootstrap, ENTRY_BOOTSTRAP, name, TYPE, List.of(pool.stringEntry(descriptor)));
    }

    /// The `invokedynamic` of a bridge, or of a call that is patched in place. For a static method it initialises
    /// the owner.
    static InvokeDynamicEntry site(ConstantPoolBuilder pool, Key key, boolean isStatic) {
        return indy(
                pool,
                LINK,
                isStatic ? STATIC_SITE : SITE,
                SITE_BOOTSTRAP,
                key.name(),
                TYPE,
                List.of(pool.stringEntry(key.owner()), pool.stringEntry(key.descriptor())));
    }

    /// The `invokedynamic` that tests whether the runtime has the value of a field.
    static InvokeDynamicEntry readable(ConstantPoolBuilder pool, FieldRef field) {
        return ofField(pool, field.pointer() ? "pointerReadable" : "readable", "()Z", field);
    }

    /// The `invokedynamic` for the value of a field.
    static InvokeDynamicEntry value(ConstantPoolBuilder pool, FieldRef field) {
        return ofField(pool, "value", "()" + field.erased(), field);
    }

    /// The `invokedynamic` before an assignment. It returns a ticket.
    static InvokeDynamicEntry enter(ConstantPoolBuilder pool, FieldRef field) {
        return ofField(pool, "enter", "(" + field.erased() + ")I", field);
    }

    /// The `invokedynamic` after an assignment. It takes the ticket.
    static InvokeDynamicEntry leave(ConstantPoolBuilder pool, FieldRef field) {
        return ofField(pool, "leave", "(I)V", field);
    }

    /// The call that reports an assignment by reflection.
    static MethodRefEntry assigned(ConstantPoolBuilder pool) {
        return pool.methodRefEntry(
                type(pool, FIELD_LINK),
                pool.nameAndTypeEntry(pool.utf8Entry(ASSIGNED), pool.utf8Entry("(Ljava/lang/reflect/Field;)V")));
    }

    /// Whether a constant of a class file is [#assigned].
    static boolean isAssigned(MemberRefEntry constant) {
        return constant.name().equalsString(ASSIGNED) && constant.owner().name().equalsString(FIELD_LINK);
    }

    /// The call of a target.
    static InterfaceMethodRefEntry call(ConstantPoolBuilder pool, MethodShape shape) {
        return pool.interfaceMethodRefEntry(
                type(pool, shape.interfaceName()),
                pool.nameAndTypeEntry(pool.utf8Entry(Shape.METHOD), pool.utf8Entry(shape.callDescriptor())));
    }

    /// A class constant, of a class or an array.
    static ClassEntry type(ConstantPoolBuilder pool, String constantName) {
        return pool.classEntry(pool.utf8Entry(constantName));
    }

    /// The meaning of an `invokedynamic` of a class file for the weaver.
    static Role roleOf(InvokeDynamicEntry call) {
        MethodHandleEntry bootstrap = call.bootstrap().bootstrapMethod();
        Utf8Entry owner = bootstrap.reference().owner().name();
        Utf8Entry name = bootstrap.reference().name();
        if (owner.equalsString(FIELD_LINK)) {
            return roleOfField(name.stringValue());
        }
        if (!owner.equalsString(LINK)) {
            return Role.OTHER;
        }
        return name.equalsString(SITE) || name.equalsString(STATIC_SITE) ? Role.SITE : Role.ENTRY;
    }

    /// Whether a bootstrap method belongs to an entry.
    ///
    /// @param bootstrap internal name of its class, a blank and its name
    static boolean isEntry(String bootstrap) {
        return bootstrap.equals(LINK + " " + ENTRY) || bootstrap.equals(LINK + " " + POINTER_ENTRY);
    }

    private static Role roleOfField(String bootstrap) {
        return switch (bootstrap) {
            case "readable", "pointerReadable" -> Role.READABLE;
            case "enter" -> Role.ENTER;
            default -> Role.FIELD;
        };
    }

    private static InvokeDynamicEntry ofField(ConstantPoolBuilder pool, String bootstrap, String type, FieldRef field) {
        return indy(
                pool,
                FIELD_LINK,
                bootstrap,
                FIELD_BOOTSTRAP,
                field.key().name(),
                type,
                List.of(
                        pool.stringEntry(field.named()),
                        pool.stringEntry(field.key().owner()),
                        pool.stringEntry(field.key().descriptor())));
    }

    private static InvokeDynamicEntry indy(
            ConstantPoolBuilder pool,
            String owner,
            String bootstrap,
            String bootstrapType,
            String name,
            String type,
            List<LoadableConstantEntry> arguments) {
        MethodHandleEntry method = pool.methodHandleEntry(
                DirectMethodHandleDesc.Kind.STATIC.refKind,
                pool.methodRefEntry(
                        type(pool, owner),
                        pool.nameAndTypeEntry(pool.utf8Entry(bootstrap), pool.utf8Entry(bootstrapType))));
        return pool.invokeDynamicEntry(
                pool.bsmEntry(method, arguments), pool.nameAndTypeEntry(pool.utf8Entry(name), pool.utf8Entry(type)));
    }
}
