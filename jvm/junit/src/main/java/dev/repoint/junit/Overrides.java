package dev.repoint.junit;

import dev.repoint.KeySyntax;
import dev.repoint.OverrideScope;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.PatchablePoint;
import dev.repoint.Repoint;
import dev.repoint.SafeText;
import dev.repoint.Target;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/// The overrides of one test. Declare it as a parameter of a test method, a constructor or a `@BeforeEach` method;
/// see [Retarget].
///
/// The overrides end with the test, the last one first. After that every method except [#find] throws an exception.
/// Thread-safe.
public final class Overrides {

    private final MethodHandles.Lookup lookup;
    private final Deque<OverrideScope> scopes = new ArrayDeque<>();
    private boolean ended;

    /// @param lookup into the class of the test
    Overrides(MethodHandles.Lookup lookup) {
        this.lookup = lookup;
    }

    /// The patchable with a given name. The class must declare exactly one method with this name.
    ///
    /// @param owner the class that declares the method
    /// @param name the method's name
    /// @return the patchable
    /// @throws PatchException as for [Repoint#find(MethodHandles.Lookup, Class, String)], with the access of the class
    ///     of the test
    public PatchableMethod find(Class<?> owner, String name) {
        return Repoint.find(lookup, Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(name, "name"));
    }

    /// Redirects a method until the test ends.
    ///
    /// @param owner the class that declares exactly one method with this name
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

    /// Redirects a method until the test ends. The key and the target are text.
    ///
    /// @param change `KEY=TARGET`, as in [Retarget#value]
    /// @throws IllegalArgumentException if the text does not have this form
    /// @throws PatchException if there is no such patchable or target, or they do not fit
    /// @throws IllegalStateException if the test has ended
    public void set(String change) {
        int equals = KeySyntax.indexOf(change, '=', 0);
        if (equals < 0) {
            throw new IllegalArgumentException(
                    SafeText.of("'" + change + "' is not KEY=TARGET, such as com.acme.Clock.millis=constant:42"));
        }
        PatchableMethod patchable =
                Repoint.find(lookup, change.substring(0, equals).strip());
        set(
                patchable,
                Target.parse(change.substring(equals + 1).strip())
                        .in(lookup.lookupClass().getClassLoader()));
    }

    /// Closes an override at the end of the test.
    ///
    /// @param scope an existing override. If the test has ended, it is closed at once
    /// @throws IllegalStateException if the test has ended
    public synchronized void keep(OverrideScope scope) {
        if (ended) {
            scope.close();
            throw new IllegalStateException("the test of these overrides has ended");
        }
        scopes.push(scope);
    }

    /// Ends all overrides, the last one first. From then on, new ones are refused.
    synchronized void end() {
        ended = true;
        while (!scopes.isEmpty()) {
            scopes.pop().close();
        }
    }
}
