package dev.repoint.linux.row;

import dev.repoint.machine.instruction.Outcome;
import org.jspecify.annotations.Nullable;

/// A target as a plan needs it: a name has become an address.
///
/// @param outcome what sites are to do; null for the default
/// @param text    for people
/// @param start   the address of the first instruction of a function whose size is known, else 0
/// @param size    of that function in bytes
/// @param isNull  whether a pointer is to hold 0, and what calls through it to read it
public record ResolvedTarget(@Nullable Outcome outcome, String text, long start, long size, boolean isNull) {

    /// What was built.
    public static final ResolvedTarget DEFAULT = new ResolvedTarget(null, "default", 0, 0, false);

    /// A target of which no more is known than what it does.
    public static ResolvedTarget of(Outcome outcome, String text) {
        return new ResolvedTarget(outcome, text, 0, 0, false);
    }

    /// A function.
    public static ResolvedTarget function(long address, long size, String text) {
        return new ResolvedTarget(new Outcome.To(address), text, address, size, false);
    }

    /// No function.
    public static ResolvedTarget nullPointer(String text) {
        return new ResolvedTarget(null, text, 0, 0, true);
    }

    /// Whether it is what was built.
    public boolean isDefault() {
        return outcome == null && !isNull;
    }

    /// Whether an instruction is one of the target's own: a call there reaches the default.
    public boolean contains(long place) {
        return Long.compareUnsigned(place - start, size) < 0;
    }
}
