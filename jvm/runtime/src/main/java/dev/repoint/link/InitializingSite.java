package dev.repoint.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// The call site of a bridge, in front of the shared one, until the method's class is known to be initialised.
///
/// A plain `invokestatic` initialises the class that declares the method (JVMS 5.5). A call that was pointed elsewhere
/// has to do the same, at the same moment and with the same errors. So at first this site asks on every call; once
/// the class is initialised it turns into the shared constant.
///
/// While the target is the default the original instruction behind the bridge initialises the class, and this
/// site only looks whether that has happened.
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

    private final Point point;
    private final MethodHandles.Lookup caller;
    private volatile boolean called;

    InitializingSite(Point point, MethodHandles.Lookup caller) {
        super(MethodType.methodType(Object.class));
        this.point = point;
        this.caller = caller;
        setTarget(ASK.bindTo(this));
    }

    private @Nullable Object ask() throws Throwable {
        Object shape = point.current();
        if (shape == null && !called) {
            called = true;
            return null;
        }
        try {
            caller.ensureInitialized(point.owner());
        } catch (IllegalAccessException e) {
            return null; // the original instruction fails with the error that belongs there
        } catch (LinkageError e) {
            if (shape == null) {
                return null; // likewise
            }
            throw e;
        }
        if (!initializerOnStack()) {
            setTarget(point.shared());
        }
        return point.current();
    }

    /// Whether this thread is inside some class initialiser: then the class may be one whose initialisation this very
    /// thread has begun, for which `ensureInitialized` does not wait (JVMS 5.5, step 3).
    private static boolean initializerOnStack() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
    }
}
