package dev.repoint.weaver;

import dev.repoint.ClassPattern;
import dev.repoint.KeyPattern;
import dev.repoint.internal.agent.OwnClasses;
import java.util.List;

/// What is to be woven. Immutable.
///
/// @param patchable methods that get a patchable entry, and fields whose uses are patched
/// @param annotated whether methods and fields with [dev.repoint.Patchable] are patchable too
/// @param sites methods whose calls are patched where they are made
/// @param in the classes in which calls are patched; empty for all
/// @param exclude classes that are left alone whatever the other patterns say
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

    /// The methods and fields that say so themselves, and nothing else.
    ///
    /// @return a selection of the annotated methods
    public static Selection ofAnnotated() {
        return new Selection(List.of(), true, List.of(), List.of(), List.of());
    }

    /// Methods by their keys, and the annotated ones.
    ///
    /// @param patterns patterns of keys, as [KeyPattern#parse] reads them
    /// @return a selection of their entries
    public static Selection ofPatchable(List<KeyPattern> patterns) {
        return new Selection(patterns, true, List.of(), List.of(), List.of());
    }

    /// Whether a pattern may mean fields.
    boolean namesFields() {
        for (int i = 0; i < patchable.size(); i++) {
            if (patchable.get(i).mayMeanField()) {
                return true;
            }
        }
        return false;
    }

    /// Whether a class is left alone by name: the exclusions, and the rooms of Repoint that woven code runs
    /// through.
    boolean excludes(String binaryName) {
        for (int i = 0; i < exclude.size(); i++) {
            if (exclude.get(i).matches(binaryName)) {
                return true;
            }
        }
        return OwnClasses.isOurs(binaryName);
    }

    /// Whether calls in a class may be patched, going by the `in` patterns.
    boolean admitsCallsIn(String binaryName) {
        for (int i = 0; i < in.size(); i++) {
            if (in.get(i).matches(binaryName)) {
                return true;
            }
        }
        return in.isEmpty();
    }
}
