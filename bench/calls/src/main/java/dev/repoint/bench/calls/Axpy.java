package dev.repoint.bench.calls;

import dev.repoint.Patchable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/// `a * x + y`, in every form in which it is called for each element of a vector.
final class Axpy {

    static final MethodHandle HANDLE = find("direct");
    static final MethodHandle CALL_SITE = new MutableCallSite(HANDLE).dynamicInvoker();

    private Axpy() {}

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    /// An interface for it.
    interface Operator {
        int apply(int a, int x, int y);
    }

    static int direct(int a, int x, int y) {
        return a * x + y;
    }

    @Patchable
    static int patchable(int a, int x, int y) {
        return a * x + y;
    }

    /// What the patchable is retargeted to: it costs the same.
    static final class Targets {

        private Targets() {}

        static int patchable(int a, int x, int y) {
            return y - a * x;
        }
    }

    /// Three classes that do the same, for calls that see them all.
    static final class First implements Operator {
        @Override
        public int apply(int a, int x, int y) {
            return a * x + y;
        }
    }

    static final class Second implements Operator {
        @Override
        public int apply(int a, int x, int y) {
            return y + a * x;
        }
    }

    static final class Third implements Operator {
        @Override
        public int apply(int a, int x, int y) {
            return x * a + y;
        }
    }

    private static MethodHandle find(String name) {
        try {
            return MethodHandles.lookup()
                    .findStatic(Axpy.class, name, MethodType.methodType(int.class, int.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
