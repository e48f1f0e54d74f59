package dev.repoint.bench.calls;

import dev.repoint.Original;
import dev.repoint.Patchable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.function.IntUnaryOperator;

/// One addition, in every form in which it is called.
final class Add {

    static final MethodHandle HANDLE = find("direct");
    static final MethodHandle CALL_SITE = new MutableCallSite(HANDLE).dynamicInvoker();

    private Add() {}

    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    static int direct(int x) {
        return x + 1;
    }

    @Patchable
    static int patchable(int x) {
        return x + 1;
    }

    /// What the patchable is retargeted to: it costs the same.
    static final class Targets {

        private Targets() {}

        static int patchable(int x) {
            return x + 2;
        }

        static int wrapped(@Original IntUnaryOperator original, int x) {
            return original.applyAsInt(x) + 1;
        }
    }

    /// The default of what is wrapped.
    @Patchable
    static int wrapped(int x) {
        return x + 1;
    }

    /// What [Targets#wrapped] does, written by hand.
    static int wrapper(int x) {
        return direct(x) + 1;
    }

    /// Three classes that do the same, for calls that see them all.
    static final class First implements IntUnaryOperator {
        @Override
        public int applyAsInt(int x) {
            return x + 1;
        }
    }

    static final class Second implements IntUnaryOperator {
        @Override
        public int applyAsInt(int x) {
            return 1 + x;
        }
    }

    static final class Third implements IntUnaryOperator {
        @Override
        public int applyAsInt(int x) {
            return x - -1;
        }
    }

    private static MethodHandle find(String name) {
        try {
            return MethodHandles.lookup().findStatic(Add.class, name, MethodType.methodType(int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
