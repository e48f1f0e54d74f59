package dev.repoint.spring.sample;

/// What the sample sells for. Its methods are patchable.
public final class Price {

    private Price() {}

    /// The price of an item.
    public static int of(String item) {
        return item.length();
    }

    /// Another.
    public static int reduced(String item) {
        return item.length() - 1;
    }

    /// One for nothing.
    public static int free(String item) {
        return item.length() * 0;
    }
}
