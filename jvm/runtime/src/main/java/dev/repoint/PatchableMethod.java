package dev.repoint;

import dev.repoint.internal.policy.TargetPatch;
import dev.repoint.internal.targets.MethodCapability;
import dev.repoint.internal.targets.TargetRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A method whose callers can be pointed elsewhere, in the hands of somebody who may do so.
///
/// Every change takes effect at once and for all threads: a call that starts after the change has returned
/// reaches the new target; one that runs already ends in the method in which it began. A change that is refused
/// with a [PatchException] has changed nothing. The last change counts, whichever instance it was made through.
///
/// A target has the type of the patchable, the receiver first unless the method is static; it may take wider
/// reference types and return a narrower one. The target's class is initialised before the change.
///
/// A target that calls the patchable by its name comes back to itself. One that wants the default calls
/// [#defaultHandle()].
///
/// A target that is patchable itself goes on to its own target. Where patchables lead to each other in a cycle
/// each calls the default of the next: two that lead to each other are swapped. A change that closes a cycle on
/// which some default cannot be called is refused, and so is a change to the patchable itself. A target that
/// the patchable overrides is called as `super` calls it.
///
/// Thread-safe.
public final class PatchableMethod {

    private final MethodCapability capability;

    PatchableMethod(MethodCapability capability) {
        this.capability = capability;
    }

    /// The identity.
    ///
    /// @return the key
    public Key key() {
        return capability.key();
    }

    /// The type that targets have.
    ///
    /// @return the method's type, with its receiver first unless it is static
    public MethodType type() {
        return capability.type();
    }

    /// How the target is kept now. One that is changed often moves to [Mode#POINTER] by itself, and back when
    /// it has been quiet; [PatchableState#modeReason()] tells.
    ///
    /// @return the mode
    public Mode mode() {
        return capability.mode();
    }

    /// Chooses how the target is kept. The target stays. From now on the mode no longer changes by itself,
    /// however often the target does.
    ///
    /// @param mode the mode from now on
    public void mode(Mode mode) {
        capability.mode(Objects.requireNonNull(mode, "mode"));
    }

    /// How many places have linked to this patchable so far. The entry of the method counts as one.
    ///
    /// @return 0 before its first call
    public int links() {
        return capability.state().links();
    }

    /// How many times the target was changed, resets and overrides included.
    ///
    /// @return 0 or more
    public long changes() {
        return capability.state().changes();
    }

    /// Whether calls reach the default.
    ///
    /// @return true if nothing was set, or it was reset
    public boolean isDefault() {
        return capability.isDefault();
    }

    /// The target that was set.
    ///
    /// @return a handle of type [#type()], or empty where calls reach the default
    public Optional<MethodHandle> target() {
        return capability.target();
    }

    /// The target, for people to read.
    ///
    /// @return `default`, `nothing`, `constant:VALUE`, or the name of a method or interface
    public String targetName() {
        return capability.targetName();
    }

    /// The default as a handle that does not come back to the target: for targets that wrap it.
    ///
    /// {@snippet :
    /// static final MethodHandle DEFAULT = patchable.defaultHandle();
    ///
    /// static int timed(int crc, byte[] data) throws Throwable {
    ///     long start = System.nanoTime();
    ///     try {
    ///         return (int) DEFAULT.invokeExact(crc, data);
    ///     } finally {
    ///         record(System.nanoTime() - start);
    ///     }
    /// }
    /// }
    ///
    /// For a method that is patched at its calls only, this is the method itself, which dispatches on its
    /// receiver as a call does. A `super` call means the overridden method and nothing else: a target that such
    /// a call leads to and that calls this handle comes back by way of the overriding method.
    ///
    /// @return a handle of type [#type()]
    /// @throws PatchException if the class was woven after it was loaded, and the body cannot stand outside its
    ///     class (it calls `super`, for example)
    public MethodHandle defaultHandle() {
        return capability.defaultHandle();
    }

    /// Leads to a method handle. A direct handle of a method that the look-up can reach costs what a direct
    /// call does; any other is called as a constant handle.
    ///
    /// @param target of type [#type()], or wider
    /// @throws PatchException if the types do not fit, or the target's class cannot be initialised
    public void set(MethodHandle target) {
        grant(request(target));
    }

    /// Leads to a lambda, a method reference, or any other object of a functional interface.
    ///
    /// {@snippet :
    /// update.set(IntBinaryOperator.class, (a, b) -> a ^ b);
    /// }
    ///
    /// @param <F> the functional interface
    /// @param functionalInterface its class; its method has the type [#type()], or wider. A result of generic
    ///     type is cast when it is returned
    /// @param implementation the object
    /// @throws PatchException if it is not a functional interface, or the types do not fit
    public <F> void set(Class<F> functionalInterface, F implementation) {
        grant(request(functionalInterface, implementation));
    }

    /// Leads to the method of that name, of those that the class declares the one that fits best.
    ///
    /// @param owner the class that declares it
    /// @param name its name
    /// @throws PatchException if none fits, or the look-up may not call it
    public void set(Class<?> owner, String name) {
        grant(request(owner, name));
    }

    /// Leads to what a text names.
    ///
    /// @param target the text, read
    /// @param loader where the class of a named method is looked for; null for the bootstrap loader. Where it
    ///     is not found, the system class loader is asked
    /// @throws PatchException if it cannot be found, or does not fit
    public void set(TargetSpec target, @Nullable ClassLoader loader) {
        grant(request(target, loader));
    }

    /// Makes calls do nothing.
    ///
    /// @throws PatchException if the method returns a value
    public void nothing() {
        grant(requestNothing());
    }

    /// Makes calls return a value.
    ///
    /// @param value of the method's return type; null for a reference type only. A primitive is given boxed, as
    ///     exactly that type
    /// @throws PatchException if the method does not return such a value
    public void constant(@Nullable Object value) {
        grant(requestConstant(value));
    }

    /// Leads to the default again, and ends all overrides.
    public void reset() {
        grant(requestDefault());
    }

    /// Leads to a method handle until the scope is closed.
    ///
    /// @param target as for [#set(MethodHandle)]
    /// @return the scope
    /// @throws PatchException as for [#set(MethodHandle)]
    public OverrideScope override(MethodHandle target) {
        return new OverrideScope(TargetPatch.override(List.of(request(target))));
    }

    /// Leads to an object of a functional interface until the scope is closed.
    ///
    /// @param <F> the functional interface
    /// @param functionalInterface as for [#set(Class, Object)]
    /// @param implementation as for [#set(Class, Object)]
    /// @return the scope
    /// @throws PatchException as for [#set(Class, Object)]
    public <F> OverrideScope override(Class<F> functionalInterface, F implementation) {
        return new OverrideScope(TargetPatch.override(List.of(request(functionalInterface, implementation))));
    }

    /// Leads to what a text names until the scope is closed.
    ///
    /// @param target as for [#set(TargetSpec, ClassLoader)]
    /// @param loader as for [#set(TargetSpec, ClassLoader)]
    /// @return the scope
    /// @throws PatchException as for [#set(TargetSpec, ClassLoader)]
    public OverrideScope override(TargetSpec target, @Nullable ClassLoader loader) {
        return new OverrideScope(TargetPatch.override(List.of(request(target, loader))));
    }

    /// A snapshot for reports.
    ///
    /// @return key, target, mode, links and changes, taken together
    public PatchableState state() {
        return capability.state();
    }

    /// Key and target: `com.acme.Crc.update(int,byte[]) -> default`.
    @Override
    public String toString() {
        return key() + " -> " + targetName();
    }

    TargetRequest request(MethodHandle target) {
        return capability.set(Objects.requireNonNull(target, "target"));
    }

    <F> TargetRequest request(Class<F> functionalInterface, F implementation) {
        Objects.requireNonNull(functionalInterface, "functionalInterface");
        return capability.set(
                functionalInterface,
                functionalInterface.cast(Objects.requireNonNull(implementation, "implementation")));
    }

    TargetRequest request(Class<?> owner, String name) {
        return capability.setNamed(Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(name, "name"));
    }

    TargetRequest request(TargetSpec target, @Nullable ClassLoader loader) {
        return capability.set(Objects.requireNonNull(target, "target"), loader);
    }

    TargetRequest requestNothing() {
        return capability.nothing();
    }

    TargetRequest requestConstant(@Nullable Object value) {
        return capability.constant(value);
    }

    TargetRequest requestDefault() {
        return capability.reset();
    }

    private static void grant(TargetRequest request) {
        TargetPatch.grant(List.of(request));
    }
}
