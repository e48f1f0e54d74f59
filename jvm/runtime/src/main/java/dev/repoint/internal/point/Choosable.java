package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchableState;

/// A point that policies and offers choose for: that of a method, or of a field.
public sealed interface Choosable permits Point, FieldPoint {

    /// The patchable.
    Key key();

    /// The class that declares it.
    Class<?> owner();

    /// What it leads to apart from overrides, and who says so.
    Choice choice();

    /// Whether there is something to tell about it: it is linked, can be, or was set.
    boolean isKnown();

    /// A target of a class loader that may go before this does.
    ///
    /// @param keeper a class of that loader
    BoundTarget fading(BoundTarget target, Class<?> keeper);

    /// Whether it leads to its default.
    boolean isDefault();

    /// How its target is kept now.
    Mode mode();

    /// Chooses how its target is kept from now on.
    void mode(Mode wanted);

    /// A snapshot for reports.
    PatchableState state();
}
