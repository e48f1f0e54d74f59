package dev.repoint;

import dev.repoint.internal.policy.TargetPatch;
import dev.repoint.internal.targets.FieldCapability;
import dev.repoint.internal.targets.TargetRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A static field whose readers have its value as a constant, in the hands of somebody who may change it.
///
/// The field is the truth: a change assigns it, and patches the woven classes that read it. Code that is not
/// woven reads the field as ever. A `boolean` field is a switch that costs nothing, one of an interface type a
/// table of operations whose calls are inlined.
///
/// Every change takes effect at once and for all threads: a read that starts after the change has returned gets
/// the new value, and no read gets an older value after another has got a newer one. So a woven field behaves
/// as if it were volatile, whether it is declared so or not. The last change counts, whoever makes it: an
/// assignment by the program ends what was set here.
///
/// An assignment by code that is not woven (reflection, a `VarHandle`, native code) changes the field and not
/// the constant of its readers. [#refresh()] takes it over; in [Mode#POINTER] readers see it by themselves.
///
/// Thread-safe.
public final class PatchableField {

    private final FieldCapability capability;

    PatchableField(FieldCapability capability) {
        this.capability = capability;
    }

    /// The identity.
    ///
    /// @return the key
    public Key key() {
        return capability.key();
    }

    /// The type that values have.
    ///
    /// @return the field's type
    public Class<?> type() {
        return capability.type();
    }

    /// How readers get the value now.
    ///
    /// @return the mode
    public Mode mode() {
        return capability.mode();
    }

    /// Changes how readers get the value. The value stays.
    ///
    /// @param mode the mode from now on; in [Mode#POINTER] they read the field, as if it were volatile
    public void mode(Mode mode) {
        capability.mode(Objects.requireNonNull(mode, "mode"));
    }

    /// How many classes read the field through woven code so far.
    ///
    /// @return 0 before its first read
    public int links() {
        return capability.state().links();
    }

    /// How many times the value was changed here, resets and overrides included, and how many assignments of
    /// woven code have patched its readers. In [Mode#POINTER] there is nothing to patch.
    ///
    /// @return 0 or more
    public long changes() {
        return capability.state().changes();
    }

    /// Whether the value is the program's own.
    ///
    /// @return true if nothing was set here, it was reset, or the program has assigned the field since
    public boolean isDefault() {
        return capability.isDefault();
    }

    /// What was set, for people to read.
    ///
    /// @return `default` or `constant:VALUE`
    public String targetName() {
        return capability.targetName();
    }

    /// The value that the field holds. Initialises its class.
    ///
    /// @return the value; of a primitive type, boxed
    public @Nullable Object get() {
        return capability.get();
    }

    /// Assigns the field and patches its readers. Overrides that are open end.
    ///
    /// @param value of the field's type; null for a reference type only. A primitive is given boxed, as exactly
    ///     that type
    /// @throws PatchException if the field cannot hold it, or its class cannot be initialised
    public void set(@Nullable Object value) {
        grant(request(value));
    }

    /// Assigns what a text names.
    ///
    /// @param target the text, read
    /// @param loader where a class that is named is looked for; null for the bootstrap loader. Where it is not
    ///     found, the system class loader is asked
    /// @throws PatchException if it cannot be found, or does not fit
    public void set(TargetSpec target, @Nullable ClassLoader loader) {
        grant(request(target, loader));
    }

    /// Gives the field back the value that the program gave it last: the one that it held when it was first set
    /// here, or by policy. Ends all overrides. Where nothing that was set here stands, the field is left alone.
    ///
    /// @throws PatchException if the field's class cannot be initialised
    public void reset() {
        grant(requestDefault());
    }

    /// Assigns the field until the scope is closed. Where the program assigns it meanwhile, that value stays.
    ///
    /// @param value as for [#set(Object)]
    /// @return the scope
    /// @throws PatchException as for [#set(Object)]
    public OverrideScope override(@Nullable Object value) {
        return new OverrideScope(TargetPatch.override(List.of(request(value))));
    }

    /// Gives readers what the field holds, after code that is not woven has assigned it.
    ///
    /// @throws PatchException if the field's class cannot be initialised
    public void refresh() {
        capability.refresh();
    }

    /// A snapshot for reports.
    ///
    /// @return key, value, mode, links and changes, taken together
    public PatchableState state() {
        return capability.state();
    }

    /// Key and value: `com.acme.Flags.fast -> default`.
    @Override
    public String toString() {
        return key() + " -> " + targetName();
    }

    TargetRequest request(@Nullable Object value) {
        return capability.set(value);
    }

    TargetRequest request(TargetSpec target, @Nullable ClassLoader loader) {
        return capability.set(Objects.requireNonNull(target, "target"), loader);
    }

    TargetRequest requestDefault() {
        return capability.reset();
    }

    private static void grant(TargetRequest request) {
        TargetPatch.grant(List.of(request));
    }
}
