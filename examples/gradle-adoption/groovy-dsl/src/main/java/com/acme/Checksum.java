package com.acme;

import dev.repoint.Patchable;

public final class Checksum {

    private Checksum() {}

    @Patchable
    static int of(String text) {
        return text.chars().sum();
    }

    /** Another one, for a policy. */
    static int length(String text) {
        return text.length();
    }

    public static void main(String[] arguments) {
        System.out.println(of("hello"));
    }
}
