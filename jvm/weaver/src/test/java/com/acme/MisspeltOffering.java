package com.acme;

import dev.repoint.Offers;

/// An offer with versions that are none.
public final class MisspeltOffering {

    private MisspeltOffering() {}

    @Offers(key = "com.acme.Crc.update", jdk = "new")
    static int update(int crc, byte[] data) {
        return crc;
    }
}
