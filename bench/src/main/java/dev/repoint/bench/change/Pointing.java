package dev.repoint.bench.change;

import dev.repoint.Mode;
import dev.repoint.Patch;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.Target;
import java.util.function.IntUnaryOperator;

/// A way to point calls elsewhere that may be asked for many times a second.
enum Pointing {
    VOLATILE("volatile function pointer", Pointer.class) {
        @Override
        Runnable[] changes() {
            IntUnaryOperator before = x -> Integer.rotateLeft(x, 5) + Step.BEFORE;
            IntUnaryOperator after = x -> Integer.rotateLeft(x, 5) + Step.AFTER;
            Pointer.to = before;
            return new Runnable[] {() -> Pointer.to = before, () -> Pointer.to = after};
        }
    },
    DIRECT("direct call, which nobody changes", Step.Plain.class) {
        @Override
        Runnable[] changes() {
            return new Runnable[] {() -> {}, () -> {}};
        }
    },
    AUTOMATIC("patchable", Step.class) {
        @Override
        Runnable[] changes() {
            return patches(Repoint.find(Step.lookup(), Step.class, "step"));
        }
    },
    CONSTANT("patchable, constant mode throughout", Step.class) {
        @Override
        Runnable[] changes() {
            return patches(in(Mode.CONSTANT));
        }
    },
    POINTER("patchable, pointer mode throughout", Step.class) {
        @Override
        Runnable[] changes() {
            return patches(in(Mode.POINTER));
        }
    };

    /// A function behind a volatile field.
    static final class Pointer {

        static volatile IntUnaryOperator to = x -> x;

        private Pointer() {}

        static int step(int x) {
            return to.applyAsInt(x);
        }
    }

    private final String label;
    private final Class<?> owner;

    Pointing(String label, Class<?> owner) {
        this.label = label;
        this.owner = owner;
    }

    /// What the tables call it.
    String label() {
        return label;
    }

    /// The class with the function that callers call.
    Class<?> owner() {
        return owner;
    }

    /// Whether it can be changed.
    boolean isChanged() {
        return this != DIRECT;
    }

    /// Whether it goes to another mode by itself, for which it has to be given time.
    boolean choosesItsMode() {
        return this == AUTOMATIC;
    }

    /// Makes ready to change.
    ///
    /// @return what lets the function do the one thing, which it does now, and the other
    abstract Runnable[] changes();

    private static PatchableMethod in(Mode mode) {
        PatchableMethod step = Repoint.find(Step.lookup(), Step.class, "step");
        step.mode(mode);
        return step;
    }

    private static Runnable[] patches(PatchableMethod step) {
        Patch before = new Patch().set(step, Target.DEFAULT);
        Patch after = new Patch().set(step, Target.method(Step.Targets.class, "step"));
        return new Runnable[] {before::apply, after::apply};
    }
}
