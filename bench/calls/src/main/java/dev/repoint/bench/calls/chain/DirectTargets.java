package dev.repoint.bench.calls.chain;

/// What the functions of [DirectChain] are retargeted to, directly: the same work with another result, and the
/// same nesting.
public final class DirectTargets {

    private DirectTargets() {}

    static int level14(int x) {
        return DirectChain.level13(x) + 2;
    }

    static int level13(int x) {
        return DirectChain.level12(x) + 2;
    }

    static int level12(int x) {
        return DirectChain.level11(x) + 2;
    }

    static int level11(int x) {
        return DirectChain.level10(x) + 2;
    }

    static int level10(int x) {
        return DirectChain.level9(x) + 2;
    }

    static int level9(int x) {
        return DirectChain.level8(x) + 2;
    }

    static int level8(int x) {
        return DirectChain.level7(x) + 2;
    }

    static int level7(int x) {
        return DirectChain.level6(x) + 2;
    }

    static int level6(int x) {
        return DirectChain.level5(x) + 2;
    }

    static int level5(int x) {
        return DirectChain.level4(x) + 2;
    }

    static int level4(int x) {
        return DirectChain.level3(x) + 2;
    }

    static int level3(int x) {
        return DirectChain.level2(x) + 2;
    }

    static int level2(int x) {
        return DirectChain.level1(x) + 2;
    }

    static int level1(int x) {
        return x + 2;
    }
}
