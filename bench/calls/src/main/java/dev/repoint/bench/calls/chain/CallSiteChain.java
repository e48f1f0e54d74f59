package dev.repoint.bench.calls.chain;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;
import org.openjdk.jmh.annotations.CompilerControl;

/// Fourteen functions, each of which calls the next through the invoker of a MutableCallSite, held in a `static
/// final` field: how a patchable call is usually written by hand.
final class CallSiteChain {

    private static final MethodHandle LEVEL1 = site(MethodHandles.lookup(), "level1");
    private static final MethodHandle LEVEL2 = site(MethodHandles.lookup(), "level2");
    private static final MethodHandle LEVEL3 = site(MethodHandles.lookup(), "level3");
    private static final MethodHandle LEVEL4 = site(MethodHandles.lookup(), "level4");
    private static final MethodHandle LEVEL5 = site(MethodHandles.lookup(), "level5");
    private static final MethodHandle LEVEL6 = site(MethodHandles.lookup(), "level6");
    private static final MethodHandle LEVEL7 = site(MethodHandles.lookup(), "level7");
    private static final MethodHandle LEVEL8 = site(MethodHandles.lookup(), "level8");
    private static final MethodHandle LEVEL9 = site(MethodHandles.lookup(), "level9");
    private static final MethodHandle LEVEL10 = site(MethodHandles.lookup(), "level10");
    private static final MethodHandle LEVEL11 = site(MethodHandles.lookup(), "level11");
    private static final MethodHandle LEVEL12 = site(MethodHandles.lookup(), "level12");
    private static final MethodHandle LEVEL13 = site(MethodHandles.lookup(), "level13");
    private static final MethodHandle LEVEL14 = site(MethodHandles.lookup(), "level14");

    private CallSiteChain() {}

    static int run(int depth, int x) throws Throwable {
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
    static int run2(int start) throws Throwable {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = (int) LEVEL2.invokeExact(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run4(int start) throws Throwable {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = (int) LEVEL4.invokeExact(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run6(int start) throws Throwable {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = (int) LEVEL6.invokeExact(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run10(int start) throws Throwable {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = (int) LEVEL10.invokeExact(x ^ i);
        }
        return x;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static int run14(int start) throws Throwable {
        int x = start;
        for (int i = 0; i < Chain.CALLS; i++) {
            x = (int) LEVEL14.invokeExact(x ^ i);
        }
        return x;
    }

    static int level14(int x) throws Throwable {
        return (int) LEVEL13.invokeExact(x) + 1;
    }

    static int level13(int x) throws Throwable {
        return (int) LEVEL12.invokeExact(x) + 1;
    }

    static int level12(int x) throws Throwable {
        return (int) LEVEL11.invokeExact(x) + 1;
    }

    static int level11(int x) throws Throwable {
        return (int) LEVEL10.invokeExact(x) + 1;
    }

    static int level10(int x) throws Throwable {
        return (int) LEVEL9.invokeExact(x) + 1;
    }

    static int level9(int x) throws Throwable {
        return (int) LEVEL8.invokeExact(x) + 1;
    }

    static int level8(int x) throws Throwable {
        return (int) LEVEL7.invokeExact(x) + 1;
    }

    static int level7(int x) throws Throwable {
        return (int) LEVEL6.invokeExact(x) + 1;
    }

    static int level6(int x) throws Throwable {
        return (int) LEVEL5.invokeExact(x) + 1;
    }

    static int level5(int x) throws Throwable {
        return (int) LEVEL4.invokeExact(x) + 1;
    }

    static int level4(int x) throws Throwable {
        return (int) LEVEL3.invokeExact(x) + 1;
    }

    static int level3(int x) throws Throwable {
        return (int) LEVEL2.invokeExact(x) + 1;
    }

    static int level2(int x) throws Throwable {
        return (int) LEVEL1.invokeExact(x) + 1;
    }

    static int level1(int x) {
        return x + 1;
    }

    private static MethodHandle site(MethodHandles.Lookup lookup, String name) {
        return new MutableCallSite(Chain.find(lookup, name)).dynamicInvoker();
    }
}
