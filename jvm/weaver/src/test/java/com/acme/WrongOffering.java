package com.acme;

import dev.repoint.Offers;

/// A method that cannot be offered like this.
public final class WrongOffering {

    @Offers(key = "com.acme.Crc.update")
    int update(int crc, byte[] data) {
        return crc;
    }
}
