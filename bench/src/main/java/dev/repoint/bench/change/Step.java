package dev.repoint.bench.change;

import dev.repoint.Patchable;
import java.lang.invoke.MethodHandles;

/// The function that is changed while its callers run.
final class Step {

    /// What every form of it adds before the change, and after.
    static final int BEFORE = 1;

    static final int AFTER = 2;

    private Step() {}

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Patchable
    static int step(int x) {
        return Integer.rotateLeft(x, 5) + BEFORE;
    }

    /// What it is retargeted to: the same work.
    static final class Targets {

        private Targets() {}

        static int step(int x) {
            return Integer.rotateLeft(x, 5) + AFTER;
        }
    }

    /// The same function in a class that is not woven, to be redefined.
    static final class Plain {

        private Plain() {}

        static int step(int x) {
            return Integer.rotateLeft(x, 5) + BEFORE;
        }
    }
}
