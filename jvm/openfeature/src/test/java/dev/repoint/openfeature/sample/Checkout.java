package dev.repoint.openfeature.sample;

/// What follows flags.
public final class Checkout {

    static boolean express;
    static long limit = 10;
    static double rate = 0.5;
    static String label = "plain";

    private Checkout() {}

    /// All fields, read as the program reads them.
    public static String fields() {
        return express + " " + limit + " " + rate + " " + label;
    }

    /// The price.
    public static int price(int amount) {
        return amount;
    }

    /// Another price.
    public static int half(int amount) {
        return amount / 2;
    }
}
