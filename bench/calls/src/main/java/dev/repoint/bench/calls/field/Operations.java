package dev.repoint.bench.calls.field;

import dev.repoint.Patchable;
import java.lang.invoke.MethodHandles;
import java.util.function.IntUnaryOperator;

/// A table of one operation, in every form in which it is kept.
final class Operations {

    static final IntUnaryOperator FIXED = new First();

    @Patchable
    static IntUnaryOperator patchable = new First();

    static IntUnaryOperator plain = new First();
    static volatile IntUnaryOperator isVolatile = new First();

    private Operations() {}

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /// Adds one.
    static final class First implements IntUnaryOperator {
        @Override
        public int applyAsInt(int x) {
            return x + 1;
        }
    }

    /// Adds two.
    static final class Second implements IntUnaryOperator {
        @Override
        public int applyAsInt(int x) {
            return x + 2;
        }
    }

    /// Adds three.
    static final class Third implements IntUnaryOperator {
        @Override
        public int applyAsInt(int x) {
            return x + 3;
        }
    }
}
