package com.acme;

import dev.repoint.Offer;

/// A method that cannot be offered like this.
public final class WrongOffering {

    @Offer(key = "com.acme.Crc.update")
    int update(int crc, byte[] data) {
        return crc;
    }
}
