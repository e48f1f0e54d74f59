package dev.repoint;

/// Offers of a class loader that were registered. Closing it withdraws them: what they were chosen for is led
/// to the next best offer, or its default, at one moment.
///
/// Close it before the class loader is closed. Where that is forgotten, and nothing else refers to the class
/// loader, it is collected all the same, and what led to its offers reaches the default.
///
/// Closing it again does nothing. Thread-safe.
public final class OfferScope implements AutoCloseable {

    private final Runnable withdraws;

    OfferScope(Runnable withdraws) {
        this.withdraws = withdraws;
    }

    /// Withdraws the offers.
    @Override
    public void close() {
        withdraws.run();
    }
}
