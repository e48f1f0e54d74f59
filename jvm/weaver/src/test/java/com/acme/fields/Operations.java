package com.acme.fields;

import java.util.function.IntBinaryOperator;

/// What a field may be led to by name.
public class Operations {

    static final IntBinaryOperator PRODUCT = (a, b) -> a * b;

    static int difference(int a, int b) {
        return a - b;
    }

    static long wide(long a) {
        return a;
    }
}
