package com.acme;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What gets woven: methods of every form.
public class Crc implements Comparable<Crc> {

    private final int seed;

    public Crc(int seed) {
        this.seed = seed;
    }

    /// The capability to patch what is here.
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    public static int update(int crc, byte[] data) {
        int sum = crc;
        for (byte b : data) {
            sum = sum * 31 + b;
        }
        return sum;
    }

    public static int noBranch(int a, int b) {
        return a + b;
    }

    public static void loopAtStart() {
        while (true) {
            if (System.nanoTime() != 0) {
                return;
            }
        }
    }

    public long mixed(long a, double b, float c, boolean d, char e, short f, byte g, String h, int[][] i) {
        if (d) {
            return a;
        }
        return (long) (a + b + c + e + f + g + h.length() + i.length + seed);
    }

    public static double wide(double a, long b) {
        return a + b;
    }

    public static float single(float a) {
        return a * 2;
    }

    public static boolean flag(boolean a) {
        return !a;
    }

    public synchronized String locked(String name) {
        return name + Thread.holdsLock(this) + seed;
    }

    public static synchronized boolean lockedStatic() {
        return Thread.holdsLock(Crc.class);
    }

    public static String caught(int value) {
        try {
            if (value < 0) {
                throw new IOException("negative");
            }
            return "fine";
        } catch (IOException e) {
            return e.getMessage();
        } finally {
            value++;
        }
    }

    public static String chosen(Object o) {
        return switch (o) {
            case Integer i when i > 10 -> "big";
            case Integer i -> "int" + i;
            case String s -> s;
            default -> "other";
        };
    }

    public static int table(int i) {
        switch (i) {
            case 1:
                return 10;
            case 2:
                return 20;
            case 3:
                return 30;
            default:
                return 0;
        }
    }

    public static List<String> generic(List<? extends String> in) {
        List<String> out = new ArrayList<>(in);
        Supplier<String> supplier = () -> "x" + in.size();
        out.add(supplier.get());
        return out;
    }

    public static int sum(int... values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    private int hidden() {
        return seed;
    }

    public final int callsHidden() {
        return hidden();
    }

    public static int factorial(int n) {
        return n <= 1 ? 1 : n * factorial(n - 1);
    }

    public static StackTraceElement here() {
        return new Throwable().getStackTrace()[0];
    }

    @Override
    public int compareTo(Crc other) {
        return Integer.compare(seed, other.seed);
    }

    @Override
    @SuppressWarnings({"removal", "Finalize"}) // empty: to see that it stays so
    protected void finalize() {}

    public native void nothing();
}
