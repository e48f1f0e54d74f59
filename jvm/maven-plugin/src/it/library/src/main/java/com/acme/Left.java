package com.acme;

import org.apache.commons.codec.binary.Hex;

public final class Left {

    private Left() {}

    static String of(byte[] data) {
        return Hex.encodeHexString(data);
    }
}
