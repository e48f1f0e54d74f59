package com.acme.fields;

import java.util.function.IntBinaryOperator;

/// Reads and assigns the fields of another class.
public class FlagUser {

    public static boolean fast() {
        return Flags.fast;
    }

    public static void fast(boolean value) {
        Flags.fast = value;
    }

    public static int level() {
        return Flags.level;
    }

    public static int bump() {
        return Flags.level++;
    }

    public static long stamp() {
        return Flags.stamp;
    }

    public static void stamp(long value) {
        Flags.stamp = value;
    }

    public static double polled() {
        return Flags.polled;
    }

    public static void polled(double value) {
        Flags.polled = value;
    }

    public static Flags.Speed speed() {
        return Flags.speed;
    }

    public static String name() {
        return Flags.name;
    }

    public static int operate(int a, int b) {
        return Flags.operation.applyAsInt(a, b);
    }

    public static void operation(IntBinaryOperator value) {
        Flags.operation = value;
    }

    public static int plain() {
        return Flags.plain++;
    }
}
