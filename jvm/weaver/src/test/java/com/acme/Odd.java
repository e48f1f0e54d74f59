package com.acme;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.util.function.IntBinaryOperator;

/// Uses what cannot be patched.
public class Odd {

    public interface SerializableOperator extends IntBinaryOperator, Serializable {}

    public static SerializableOperator serializable() {
        return Ops::add;
    }

    public static Object polymorphic(MethodHandle handle) throws Throwable {
        handle.invokeExact(1);
        return handle.invokeExact();
    }

    public static int[] array(int[] in) {
        return in.clone();
    }
}
