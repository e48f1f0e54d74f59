package com.acme;

public abstract class Reader {

    public abstract int read();

    public static int open() {
        return 1;
    }
}
