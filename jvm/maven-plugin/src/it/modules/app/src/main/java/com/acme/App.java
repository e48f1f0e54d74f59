package com.acme;

public final class App {

    private App() {}

    static int run() {
        return Crc.twice(new byte[3]) + Base.Sub.size();
    }

    static int none(int crc, byte[] data) {
        return 0;
    }
}
