package dev.repoint.weaver;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.internal.agent.OwnClasses;
import java.util.List;

/// Selects what the weaver makes patchable. Immutable.
///
/// @param patchable methods that get a patchable entry, and fields whose uses are patched
/// @param annotated whether methods and fields with [dev.repoint.Patchable] are patchable too
/// @param sites methods whose calls are patched, in the calling classes
/// @param in the classes in which calls are patched; empty for all
/// @param exclude classes that the weaver does not change, regardless of the other patterns
public record Selection(
        List<KeyPattern> patchable,
        boolean annotated,
        List<KeyPattern> sites,
        List<ClassPattern> in,
        List<ClassPattern> exclude) {

    /// Copies the lists.
    public Selection {
        patchable = List.copyOf(patchable);
        sites = List.copyOf(sites);
        in = List.copyOf(in);
        exclude = List.copyOf(exclude);
    }

    /// Selects only annotated methods and fields.
    ///
    /// @return the selection
    public static Selection ofAnnotated() {
        return new Selection(List.of(), true, List.of(), List.of(), List.of());
    }

    /// Selects methods by their keys, and annotated methods.
    ///
    /// @param patterns patterns of keys, as [KeyPattern#parse] reads them
    /// @return a selection of their entries
    public static Selection ofPatchable(List<KeyPattern> patterns) {
        return new Selection(patterns, true, List.of(), List.of(), List.of());
    }

    /// Whether a pattern may match fields.
    public boolean namesFields() {
        for (int i = 0; i < patchable.size(); i++) {
            if (patchable.get(i).mayMeanField()) {
                return true;
            }
        }
        return false;
    }

    /// Whether the weaver must not change a class, according to its name: because of an exclusion, or because it
    /// belongs to the part of Repoint that woven code runs through.
    public boolean excludes(String binaryName) {
        for (int i = 0; i < exclude.size(); i++) {
            if (exclude.get(i).matches(binaryName)) {
                return true;
            }
        }
        return OwnClasses.isOurs(binaryName);
    }

    /// Whether the `in` patterns allow patched calls in a class.
    public boolean admitsCallsIn(String binaryName) {
        for (int i = 0; i < in.size(); i++) {
            if (in.get(i).matches(binaryName)) {
                return true;
            }
        }
        return in.isEmpty();
    }
}
