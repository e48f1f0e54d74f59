package dev.repoint.bench.startup;

/// The program whose start is timed.
public final class Hello {

    private Hello() {}

    /// Prints one line.
    ///
    /// @param args none
    public static void main(String[] args) {
        System.out.println(greeting());
    }

    static String greeting() {
        return "Hello, world";
    }
}
