package dev.repoint;

/// A snapshot of a patchable.
///
/// @param key its identity
/// @param target its current target: `default`, `nothing`, `constant VALUE`, or the name of a method or class
/// @param mode how its target is kept
/// @param modeReason why it is kept so, where it came to that by itself: `often changed`, `costly to change`
///     (its compiled callers are many), or `until it is changed again` (a change left it there for lack of
///     stack or memory); else empty
/// @param links how many places have linked to it so far: its entry counts as one, each class that calls it
///     through woven sites as one for each kind of call, each class that reads it as one
/// @param changes how many times its target was changed
/// @param loader the class loader of its class, as that loader describes itself; `bootstrap` for the JVM's own
/// @param note what an operator has to know, such as a policy that was refused; empty where there is nothing
public record PatchableState(
        Key key, String target, Mode mode, String modeReason, int links, long changes, String loader, String note) {}
