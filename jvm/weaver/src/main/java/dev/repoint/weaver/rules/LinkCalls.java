package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.weaver.splice.DynamicCall;
import dev.repoint.weaver.splice.EntryLink;
import dev.repoint.weaver.splice.UseOrder;
import java.util.List;

/// The calls of the runtime in woven code. Also recognises them in class files.
public final class LinkCalls {

    private static final String LINK = "dev/repoint/link/MethodLink";
    private static final String FIELD_LINK = "dev/repoint/link/FieldLink";
    private static final String ASSIGNED = "assigned";
    private static final String ASSIGNED_TYPE = "(Ljava/lang/reflect/Field;)V";
    private static final String ENTRY = "entry";
    private static final String POINTER_ENTRY = "pointerEntry";
    private static final String SITE = "site";
    private static final String STATIC_SITE = "staticSite";
    private static final String TYPE = "()Ljava/lang/Object;";
    /// The constants that follow are declared as the objects that the JVM passes: for every other type it builds a
    /// conversion, when a program starts.
    private static final String BOOTSTRAP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;%Ljava/lang/Object;)Ljava/lang/invoke/CallSite;";
    /// The type of the JDK's bootstrap methods for `switch`: the JVM has the code for its calls in its archive.
    private static final String ENTRY_BOOTSTRAP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;";

    private static final String SITE_BOOTSTRAP = BOOTSTRAP.replace("%", "Ljava/lang/Object;");
    private static final String FIELD_BOOTSTRAP = BOOTSTRAP.replace("%", "Ljava/lang/Object;Ljava/lang/Object;");

    /// The names in the prologues of entries.
    public static final EntryLink ENTRIES =
            new EntryLink(LINK, ENTRY, POINTER_ENTRY, ENTRY_BOOTSTRAP, Twins.PREFIX, WovenMark.NAME, WovenMark.FORMAT);

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

    /// The `invokedynamic` of a bridge, or of a call that is patched in place. For a static method it initialises
    /// the owner.
    static DynamicCall site(Key key, boolean isStatic) {
        return new DynamicCall(
                LINK,
                isStatic ? STATIC_SITE : SITE,
                SITE_BOOTSTRAP,
                key.name(),
                TYPE,
                List.of(key.owner(), key.descriptor()));
    }

    /// The `invokedynamic` that tests whether the runtime has the value of a field.
    static DynamicCall readable(FieldRef field) {
        return ofField(field.pointer() ? "pointerReadable" : "readable", "()Z", field);
    }

    /// The `invokedynamic` for the value of a field.
    static DynamicCall value(FieldRef field) {
        return ofField("value", "()" + field.erased(), field);
    }

    /// The `invokedynamic` before an assignment. It returns a ticket.
    static DynamicCall enter(FieldRef field) {
        return ofField("enter", "(" + field.erased() + ")I", field);
    }

    /// The `invokedynamic` after an assignment. It takes the ticket.
    static DynamicCall leave(FieldRef field) {
        return ofField("leave", "(I)V", field);
    }

    /// An order for a call that assigns a field by reflection: the runtime gets the field.
    static UseOrder.Reflect assigned(int bci) {
        return new UseOrder.Reflect(bci, FIELD_LINK, ASSIGNED, ASSIGNED_TYPE);
    }

    /// Whether a method is the one that gets fields assigned by reflection.
    static boolean isAssigned(String owner, String name) {
        return name.equals(ASSIGNED) && owner.equals(FIELD_LINK);
    }

    /// The meaning of an `invokedynamic` for the weaver.
    ///
    /// @param owner internal name of the class of its bootstrap method
    /// @param bootstrap name of this method
    static Role roleOf(String owner, String bootstrap) {
        if (owner.equals(FIELD_LINK)) {
            return roleOfField(bootstrap);
        }
        if (!owner.equals(LINK)) {
            return Role.OTHER;
        }
        return bootstrap.equals(SITE) || bootstrap.equals(STATIC_SITE) ? Role.SITE : Role.ENTRY;
    }

    /// The same.
    ///
    /// @param bootstrap internal name of the class, a blank and the name of the method; may be empty
    static Role roleOf(String bootstrap) {
        int blank = bootstrap.indexOf(' ');
        return blank < 0 ? Role.OTHER : roleOf(bootstrap.substring(0, blank), bootstrap.substring(blank + 1));
    }

    private static Role roleOfField(String bootstrap) {
        return switch (bootstrap) {
            case "readable", "pointerReadable" -> Role.READABLE;
            case "enter" -> Role.ENTER;
            default -> Role.FIELD;
        };
    }

    private static DynamicCall ofField(String bootstrap, String type, FieldRef field) {
        return new DynamicCall(
                FIELD_LINK,
                bootstrap,
                FIELD_BOOTSTRAP,
                field.key().name(),
                type,
                List.of(field.named(), field.key().owner(), field.key().descriptor()));
    }
}
