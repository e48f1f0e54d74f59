package dev.repoint.bench.calls.trace;

/// What is called. It stands apart from the loop, so that the loop's class does not change while the loop runs.
public final class Price {

    private Price() {}

    /// The method that is observed.
    ///
    /// @param amount from 0 to less than [TracedLoop#AMOUNTS]
    /// @param rounds how long it takes
    /// @return a number that depends on both
    public static int price(int amount, int rounds) {
        int price = amount;
        for (int i = 0; i < rounds; i++) {
            price = price * 31 ^ price >>> 7;
        }
        return price;
    }
}
