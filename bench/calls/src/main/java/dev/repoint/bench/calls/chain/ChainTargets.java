package dev.repoint.bench.calls.chain;

/// What the functions of [PatchableChain] are retargeted to: the same work with another result, and the same
/// nesting.
final class ChainTargets {

    private ChainTargets() {}

    static int level14(int x) {
        return PatchableChain.level13(x) + 2;
    }

    static int level13(int x) {
        return PatchableChain.level12(x) + 2;
    }

    static int level12(int x) {
        return PatchableChain.level11(x) + 2;
    }

    static int level11(int x) {
        return PatchableChain.level10(x) + 2;
    }

    static int level10(int x) {
        return PatchableChain.level9(x) + 2;
    }

    static int level9(int x) {
        return PatchableChain.level8(x) + 2;
    }

    static int level8(int x) {
        return PatchableChain.level7(x) + 2;
    }

    static int level7(int x) {
        return PatchableChain.level6(x) + 2;
    }

    static int level6(int x) {
        return PatchableChain.level5(x) + 2;
    }

    static int level5(int x) {
        return PatchableChain.level4(x) + 2;
    }

    static int level4(int x) {
        return PatchableChain.level3(x) + 2;
    }

    static int level3(int x) {
        return PatchableChain.level2(x) + 2;
    }

    static int level2(int x) {
        return PatchableChain.level1(x) + 2;
    }

    static int level1(int x) {
        return x + 2;
    }
}
