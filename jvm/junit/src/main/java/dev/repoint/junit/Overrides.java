package dev.repoint.junit;

import dev.repoint.KeySyntax;
import dev.repoint.OverrideScope;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.PatchablePoint;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/// The overrides of one test. A test method, constructor or `@BeforeEach` method takes it as a parameter; see
/// [Retarget].
///
/// What is set through it ends with the test, the last one first. After that every method but [#find] is
/// refused. Thread-safe.
public final class Overrides {

    private final MethodHandles.Lookup lookup;
    private final Deque<OverrideScope> scopes = new ArrayDeque<>();
    private boolean ended;

    /// @param lookup into the class of the test
    Overrides(MethodHandles.Lookup lookup) {
        this.lookup = lookup;
    }

    /// The patchable of that name, where the class declares one method of it.
    ///
    /// @param owner the class that declares the method
    /// @param name the method's name
    /// @return the patchable
    /// @throws PatchException as [Repoint#find(MethodHandles.Lookup, Class, String)], with the right of the
    ///     class of the test
    public PatchableMethod find(Class<?> owner, String name) {
        return Repoint.find(lookup, Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(name, "name"));
    }

    /// Redirects a method until the test ends.
    ///
    /// @param owner the class that declares the method, once under that name
    /// @throws PatchException if there is no such patchable, or the target does not fit
    /// @throws IllegalStateException if the test has ended
    public void set(Class<?> owner, String name, Target target) {
        set(find(owner, name), target);
    }

    /// Redirects a method, or assigns a field, until the test ends.
    ///
    /// @throws PatchException if the target does not fit
    /// @throws IllegalStateException if the test has ended
    public void set(PatchablePoint patchable, Target target) {
        keep(patchable.override(target));
    }

    /// Redirects a method as a text says, until the test ends.
    ///
    /// @param change `KEY=TARGET`, as in [Retarget#value]
    /// @throws PatchException if it is not of that form, there is no such patchable or target, or they do not fit
    /// @throws IllegalStateException if the test has ended
    public void set(String change) {
        int equals = KeySyntax.indexOf(change, '=', 0);
        if (equals < 0) {
            throw new PatchException("'" + change + "' is not KEY=TARGET, such as com.acme.Clock.millis=constant:42");
        }
        PatchableMethod patchable =
                Repoint.find(lookup, change.substring(0, equals).strip());
        set(
                patchable,
                Target.parse(change.substring(equals + 1).strip())
                        .in(lookup.lookupClass().getClassLoader()));
    }

    /// Closes a scope when the test ends.
    ///
    /// @param scope an override that was made already; it is closed at once if the test has ended
    /// @throws IllegalStateException if the test has ended
    public synchronized void keep(OverrideScope scope) {
        if (ended) {
            scope.close();
            throw new IllegalStateException("the test of these overrides has ended");
        }
        scopes.push(scope);
    }

    /// Ends them all, the last one first. Further ones are refused.
    synchronized void end() {
        ended = true;
        while (!scopes.isEmpty()) {
            scopes.pop().close();
        }
    }
}
