package dev.repoint.it.web;

/// What is sold: the same from both methods, 1.
final class Quote {

    private Quote() {}

    static int amount() {
        return 1;
    }

    static int unit() {
        return 1;
    }
}
