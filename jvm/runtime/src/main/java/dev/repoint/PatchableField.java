package dev.repoint;

import dev.repoint.internal.targets.FieldCapability;
import org.jspecify.annotations.Nullable;

/// A static field that you may set, and whose readers have its value as a constant.
///
/// The field is the truth: a change assigns it, and patches the woven classes that read it. Code that is not
/// woven reads the field as ever. A `boolean` field is a switch that costs nothing, one of an interface type a
/// table of operations whose calls are inlined.
///
/// A read that starts after the change has returned gets
/// the new value, and no read gets an older value after another has got a newer one. So a woven field behaves
/// as if it were volatile, whether it is declared so or not. An assignment by the program ends what was set here.
///
/// An assignment by code that is not woven (reflection, a `VarHandle`, native code) changes the field and not
/// the constant of its readers. [#refresh()] takes it over; in [Mode#POINTER] readers see it by themselves.
///
/// Thread-safe.
public final class PatchableField extends PatchablePoint {

    private final FieldCapability capability;

    PatchableField(FieldCapability capability) {
        super(capability);
        this.capability = capability;
    }

    /// The field's type.
    public Class<?> type() {
        return capability.type();
    }

    /// The value that the field holds; a primitive is boxed. Initialises the field's class.
    public @Nullable Object get() {
        return capability.get();
    }

    /// Assigns the field: [#set(Target)] with [Target#constant(Object)].
    ///
    /// @param value of the field's type; null for a reference type only. A primitive is given boxed, as exactly that
    ///     type
    /// @throws PatchException if the field cannot hold it, or its class cannot be initialised
    public void setValue(@Nullable Object value) {
        set(Target.constant(value));
    }

    /// Gives readers what the field holds, after code that is not woven has assigned it.
    ///
    /// @throws PatchException if the field's class cannot be initialised
    public void refresh() {
        capability.refresh();
    }
}
