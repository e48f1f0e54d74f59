package dev.repoint.bench.calls.chain;

import dev.repoint.Mode;
import dev.repoint.bench.calls.Patching;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// What the chains have in common. `level1` is the innermost function; a chain of depth `n` begins at `leveln`.
/// Each level adds one, and its target two. The compiler folds a chain that it inlines whole into one addition:
/// any call that is left shows.
///
/// Every depth has a loop of its own that is not inlined, so that it is where the compiler starts to count
/// levels. Each turn of the loop takes the result of the one before, with bits turned over by the counter,
/// which keeps the turns apart.
public final class Chain {

    /// How often the chain is called by one run.
    static final int CALLS = 500;

    private Chain() {}

    /// Which functions of a chain are retargeted.
    public enum Part {
        /// None.
        NONE,
        /// Every fourth.
        FEW,
        /// Every second.
        HALF,
        /// Every one.
        ALL;

        /// Whether a function is retargeted.
        ///
        /// @param level its number, from 1
        /// @return whether it is
        public boolean has(int level) {
            return this == ALL || this == HALF && level % 2 == 0 || this == FEW && level % 4 == 0;
        }

        /// How many levels the compiler sees: a retargeted function is its own prologue, the object that stands
        /// for its target, and the target.
        ///
        /// @param depth of the chain
        /// @return the number
        public int levels(int depth) {
            return depth + 2 * count(depth);
        }

        /// How many functions of a chain are retargeted.
        ///
        /// @param depth of the chain
        /// @return the number
        public int count(int depth) {
            int count = 0;
            for (int level = 1; level <= depth; level++) {
                count += has(level) ? 1 : 0;
            }
            return count;
        }
    }

    static MethodHandle find(MethodHandles.Lookup lookup, String name) {
        try {
            return lookup.findStatic(lookup.lookupClass(), name, MethodType.methodType(int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Patches a chain and proves it.
    static void patch(int depth, Mode mode, Part part) {
        for (int level = 1; level <= depth; level++) {
            Patching.apply(PatchableChain.lookup(), "level" + level, mode, ChainTargets.class, part.has(level));
        }
        check("patchable", PatchableChain.run(depth, 1), depth, part);
    }

    /// Compares a run that started with 1 with the same computed here, without any chain.
    static void check(String what, int found, int depth, Part part) {
        int x = 1;
        for (int i = 0; i < CALLS; i++) {
            x ^= i;
            for (int level = 1; level <= depth; level++) {
                x += part.has(level) ? 2 : 1;
            }
        }
        Patching.check("the " + what + " chain of " + depth, found, x);
    }
}
