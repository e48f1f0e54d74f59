package com.acme;

import dev.repoint.Offer;

/// An offer with versions that are none.
public final class MisspeltOffering {

    private MisspeltOffering() {}

    @Offer(key = "com.acme.Crc.update", jdk = "new")
    static int update(int crc, byte[] data) {
        return crc;
    }
}
