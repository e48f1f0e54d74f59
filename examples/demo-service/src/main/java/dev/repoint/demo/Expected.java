package dev.repoint.demo;

import java.nio.charset.StandardCharsets;

/// The text that a call has to return, written by neither of the implementations that the demo switches
/// between.
final class Expected {

    private static final String DIGITS = "0123456789abcdef";

    private Expected() {}

    /// Two lower-case hexadecimal digits for each byte.
    static String hex(byte[] data) {
        byte[] text = new byte[2 * data.length];
        for (int i = 0; i < data.length; i++) {
            text[2 * i] = (byte) DIGITS.charAt(data[i] >> 4 & 15);
            text[2 * i + 1] = (byte) DIGITS.charAt(data[i] & 15);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
