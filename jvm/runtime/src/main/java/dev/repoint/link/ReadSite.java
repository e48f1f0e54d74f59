package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.internal.point.PatchLock;
import dev.repoint.internal.policy.FieldChoosing;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// Says to one class whether it may take the value of a field from the runtime, or has to read the field.
///
/// A plain `getstatic` initialises the class that declares the field, and fails where it cannot be linked (JVMS
/// 5.5). So the first read is left to that instruction. Afterwards this site makes sure that the class has been
/// initialised, and turns into a constant.
///
/// | the field | what is said |
/// | --- | --- |
/// | has not been read by this class, and neither a policy nor an offer names it | read it |
/// | cannot be found as the JVM would find it, or its type cannot be named by this class | read it, for ever |
/// | its class is being initialised by this thread | read it |
/// | else | the class is initialised now, the value chosen; from now on take it |
final class ReadSite extends MutableCallSite {

    private static final MethodHandle ASK;
    private static final MethodHandle YES = MethodHandles.constant(boolean.class, true);
    private static final MethodHandle NO = MethodHandles.constant(boolean.class, false);

    static {
        try {
            ASK = MethodHandles.lookup().findVirtual(ReadSite.class, "ask", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FieldUse use;
    private final boolean pointer;
    private volatile boolean asked;
    private boolean linked;
    private volatile FieldUse.@Nullable Found found;

    ReadSite(FieldUse use, boolean pointer) {
        super(MethodType.methodType(boolean.class));
        this.use = use;
        this.pointer = pointer;
        setTarget(ASK.bindTo(this));
    }

    private boolean ask() throws Throwable {
        if (!asked) {
            asked = true;
            Key key = new Key(use.declaring(), use.name(), use.descriptor());
            if (!FieldChoosing.mayConcern(key, use.caller().lookupClass().getClassLoader())) {
                return plainly();
            }
        }
        FieldUse.Found field = find();
        if (field == null) {
            setTarget(NO);
            return false;
        }
        Class<?> owner = field.point().owner();
        if (isBeingInitializedHere(owner)) {
            return plainly();
        }
        try {
            initialize(owner);
        } catch (NoClassDefFoundError e) {
            return false; // the original instruction fails with its own
        }
        if (!FieldChoosing.choose(field.point(), field.access())) {
            return plainly();
        }
        link();
        return true;
    }

    /// The original instruction knows of no [dev.repoint.internal.point.Gate], so no patch of several keys may be under way.
    private static boolean plainly() {
        PatchLock.awaitPatch();
        return false;
    }

    private synchronized void link() {
        FieldUse.Found field = use.find(); // anew: now its class is initialised, and the access has not to see to that
        if (field != null && !linked) {
            linked = true;
            field.point().link(field.access(), pointer, use.caller().lookupClass());
            setTarget(YES);
        }
    }

    private FieldUse.@Nullable Found find() {
        FieldUse.Found known = found;
        if (known == null) {
            known = use.find();
            found = known;
        }
        return known;
    }

    private void initialize(Class<?> owner) throws IllegalAccessException {
        if (owner.isHidden()) {
            use.caller().ensureInitialized(owner);
            return;
        }
        try {
            Class.forName(owner.getName(), true, owner.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(owner + " is not known to its own loader", e);
        }
    }

    /// Whether the initialiser of a class, or of one above it, which comes first, runs in this thread: then
    /// reading the field does not wait (JVMS 5.5, step 3), and its values are not those that stay.
    private static boolean isBeingInitializedHere(Class<?> owner) {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")
                        && frame.getDeclaringClass().isAssignableFrom(owner)));
    }
}
