package dev.repoint.bench.calls.chain;

import java.util.function.IntBinaryOperator;
import org.openjdk.jmh.annotations.CompilerControl;

/// Fourteen functions, each of which calls the next: plain calls, some of which [DirectCopy] points at
/// [DirectTargets].
public final class DirectChain implements IntBinaryOperator {

    /// A chain.
    public DirectChain() {}

    /// Runs the chain of a depth.
    @Override
    public int applyAsInt(int depth, int x) {
        return switch (depth) {
            case 2 -> run2(x);
            case 4 -> run4(x);
            case 6 -> run6(x);
            case 10 -> run10(x);
            case 14 -> run14(x);
            default -> throw new IllegalArgumentException("no chain of " + depth);
        };
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run2(int start) {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = level2(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run4(int start) {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = level4(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run6(int start) {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = level6(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run10(int start) {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = level10(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run14(int start) {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = level14(x ^ i);
        }
        return x;
    }

    static int level14(int x) {
        return level13(x) + 1;
    }

    static int level13(int x) {
        return level12(x) + 1;
    }

    static int level12(int x) {
        return level11(x) + 1;
    }

    static int level11(int x) {
        return level10(x) + 1;
    }

    static int level10(int x) {
        return level9(x) + 1;
    }

    static int level9(int x) {
        return level8(x) + 1;
    }

    static int level8(int x) {
        return level7(x) + 1;
    }

    static int level7(int x) {
        return level6(x) + 1;
    }

    static int level6(int x) {
        return level5(x) + 1;
    }

    static int level5(int x) {
        return level4(x) + 1;
    }

    static int level4(int x) {
        return level3(x) + 1;
    }

    static int level3(int x) {
        return level2(x) + 1;
    }

    static int level2(int x) {
        return level1(x) + 1;
    }

    static int level1(int x) {
        return x + 1;
    }
}
