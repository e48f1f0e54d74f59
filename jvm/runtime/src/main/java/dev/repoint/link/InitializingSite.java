package dev.repoint.link;

import dev.repoint.internal.point.Point;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// The call site of a bridge, in front of the shared one, until the method's class is known to be initialised.
///
/// A plain `invokestatic` initialises the class that declares the method (JVMS 5.5). A call that was pointed
/// elsewhere has to do the same, at the same moment and with the same errors. So at first this site asks on
/// every call; once the class is initialised it turns into the shared constant.
///
/// While the target is the default, the original instruction behind the bridge initialises the class, or fails
/// before it comes to that. So this site leaves the first call alone, and afterwards only makes sure that what
/// it did is done, provided that the method links at all.
///
/// | the caller's look-up of the method | default | target |
/// | --- | --- | --- |
/// | finds it | the second call turns this site into the shared constant | initialise, then the target |
/// | fails as the plain call does | the plain call, each time | the plain call, each time |
/// | says nothing: the class is named through a public subclass | the plain call, each time | initialise, then the target |
final class InitializingSite extends MutableCallSite {

    private static final MethodHandle ASK;

    static {
        try {
            ASK = MethodHandles.lookup()
                    .findVirtual(InitializingSite.class, "ask", MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Linkage {
        LINKS,
        FAILS,
        UNKNOWN
    }

    private final Point point;
    private final MethodHandles.Lookup caller;
    private volatile boolean called;
    private volatile @Nullable Linkage linkage;

    /// A call site. To the verifier of a class that calls this it has the type that it needs there, so the JVM loads this
    /// class only for the first such site.
    static CallSite of(Point point, MethodHandles.Lookup caller) {
        return new InitializingSite(point, caller);
    }

    private InitializingSite(Point point, MethodHandles.Lookup caller) {
        super(MethodType.methodType(Object.class));
        this.point = point;
        this.caller = caller;
        setTarget(ASK.bindTo(this));
    }

    private @Nullable Object ask() throws Throwable {
        Object shape = point.now();
        if (shape == null && !called) {
            called = true;
            return null;
        }
        Linkage found = linkage;
        if (found == null) {
            found = link();
            linkage = found;
        }
        if (found == Linkage.FAILS || found == Linkage.UNKNOWN && shape == null) {
            return null; // the original instruction fails with the error that belongs there
        }
        try {
            initialize(point.owner());
        } catch (NoClassDefFoundError e) {
            if (shape == null) {
                return null; // likewise
            }
            throw e;
        }
        if (!initializerOnStack()) {
            setTarget(point.shared());
        }
        return point.now();
    }

    /// Whether the plain call would get as far as to initialise the class.
    private Linkage link() {
        Class<?> owner = point.owner();
        try {
            caller.accessClass(owner);
        } catch (IllegalAccessException e) {
            return Linkage.UNKNOWN;
        }
        try {
            MethodType type = MethodType.fromMethodDescriptorString(
                    point.key().descriptor(), caller.lookupClass().getClassLoader());
            caller.findStatic(owner, point.key().name(), type);
            return Linkage.LINKS;
        } catch (ReflectiveOperationException e) {
            return Linkage.FAILS;
        } catch (RuntimeException | LinkageError e) {
            return Linkage.UNKNOWN; // a class that the descriptor names is missing: the plain call does not mind
        }
    }

    /// Initialises a class as `invokestatic` does, also one that the caller cannot name.
    private static void initialize(Class<?> owner) {
        if (owner.isHidden()) {
            return; // nobody but itself calls it by an instruction, so it is being initialised or done
        }
        try {
            Class.forName(owner.getName(), true, owner.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(owner + " is not known to its own loader", e);
        }
    }

    /// Whether this thread is inside some class initialiser: then the class may be one whose initialisation
    /// this very thread has begun, for which `ensureInitialized` does not wait (JVMS 5.5, step 3).
    private static boolean initializerOnStack() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
    }
}
