package com.acme;

import java.time.Clock;
import java.time.Instant;
import org.apache.commons.codec.binary.Hex;

/** Knows nothing of Repoint. */
public final class Names {

    private Names() {}

    static String of(byte[] data) {
        return Hex.encodeHexString(data);
    }

    static Instant now() {
        return Clock.systemUTC().instant();
    }
}
