package dev.repoint.opentelemetry;

/// What is patched.
final class Sample {

    private Sample() {}

    static int price() {
        return 7;
    }
}
