package dev.repoint.link;

import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.PatchLock;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What one class says before and after it assigns a field.
///
/// An assignment that the plain instruction would refuse is not counted: it would never be over. It may also be
/// that the runtime cannot tell, where the class cannot name the field's type; then the change is taken over
/// when it has been made.
final class WriteSite {

    private static final MethodHandle ENTER;
    private static final MethodHandle LEAVE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ENTER = lookup.findVirtual(WriteSite.class, "enter", MethodType.methodType(int.class, Object.class));
            LEAVE = lookup.findVirtual(WriteSite.class, "leave", MethodType.methodType(void.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FieldUse use;
    private volatile @Nullable FieldPoint point;
    private volatile boolean unknown;

    WriteSite(FieldUse use) {
        this.use = use;
    }

    /// The call site in front of the assignment: takes the value, gives a ticket.
    ConstantCallSite before(MethodType type) {
        return new ConstantCallSite(ENTER.bindTo(this).asType(type));
    }

    /// The call site behind the assignment: takes the ticket.
    ConstantCallSite after() {
        return new ConstantCallSite(LEAVE.bindTo(this));
    }

    private int enter(@Nullable Object value) {
        FieldPoint known = point;
        if (known == null) {
            known = find();
        }
        if (known == null) {
            PatchLock.awaitPatch();
            return FieldPoint.NOT_COUNTED;
        }
        return known.enter(value);
    }

    private void leave(int ticket) {
        FieldPoint known = point;
        if (known == null) {
            known = ticket == FieldPoint.NOT_COUNTED ? use.used() : find();
        }
        if (known != null) {
            known.leave(ticket);
        }
    }

    private @Nullable FieldPoint find() {
        if (unknown) {
            return null;
        }
        FieldUse.Found found = use.find();
        if (found == null || !found.access().handle().isAccessModeSupported(VarHandle.AccessMode.SET)) {
            unknown = true; // it is not there, or it is final
            return null;
        }
        point = found.point();
        return found.point();
    }
}
