package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.TargetSpec;
import org.jspecify.annotations.Nullable;

/// Gives a field the value that the policy names, before woven code first reads it.
///
/// Threads that come at the same time each ask, and the first answer counts: none waits for another, as finding the value
/// runs code of the application. A thread that comes back while it looks for the value reads the field as it is.
///
/// Thread-safe.
final class FieldPolicy {

    private final FieldPoint point;
    private volatile boolean done;

    FieldPolicy(FieldPoint point) {
        this.point = point;
    }

    /// Whether the policy names a field, or fails to say so.
    static boolean mayName(Key key) {
        try {
            return Weaving.policyFor(key) != null;
        } catch (RuntimeException | LinkageError e) {
            return true; // then applying it fails, and is logged
        }
    }

    /// Says that a value has been set, so that the policy has nothing to say any more.
    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /// Asks the policy, unless that has been done.
    ///
    /// @param by assigns the field; its class is initialised
    /// @return false if this thread is asking already
    boolean apply(FieldAccess by) {
        if (done) {
            return true;
        }
        Asking asking = Asking.begin(point);
        if (asking == null) {
            return false;
        }
        try {
            ask(by);
        } finally {
            asking.end();
        }
        return true;
    }

    private void ask(FieldAccess by) {
        String failure;
        try {
            TargetSpec spec = Weaving.policyFor(point.key());
            if (spec == null || spec instanceof TargetSpec.Default) {
                done = true;
                return;
            }
            Object value = value(spec, by);
            point.applyPolicy(by, value);
            return;
        } catch (PatchException e) {
            failure = "policy not applied: " + e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            failure = "policy not applied: " + e; // code of the application may throw anything
        }
        if (!done) {
            done = true;
            point.note(failure);
            System.getLogger("dev.repoint")
                    .log(System.Logger.Level.ERROR, point.key() + " keeps its value: " + failure);
        }
    }

    private @Nullable Object value(TargetSpec spec, FieldAccess by) {
        return FieldValues.of(point.key(), by.handle().varType(), spec, point.owner().getClassLoader());
    }
}
