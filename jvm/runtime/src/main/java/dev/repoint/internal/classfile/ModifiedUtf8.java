package dev.repoint.internal.classfile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The strings of class files (JVMS 4.4.7).
public final class ModifiedUtf8 {

    private ModifiedUtf8() {}

    /// A string.
    ///
    /// @param at the offset of its first byte, behind its length
    /// @throws IllegalArgumentException if it is malformed
    public static String decode(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] <= 0) {
                return decodeOther(bytes, at, length);
            }
        }
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    /// The bytes of a string, without a length.
    ///
    /// @throws IllegalArgumentException if it has more than 65,535 bytes
    public static byte[] encode(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == 0 || c >= 0x80) {
                return encodeOther(string);
            }
        }
        return checked(string.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] checked(byte[] bytes) {
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("a string of " + bytes.length + " bytes does not fit a class file");
        }
        return bytes;
    }

    private static String decodeOther(byte[] bytes, int at, int length) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, at - 2, length + 2))) {
            return in.readUTF();
        } catch (IOException e) {
            throw new IllegalArgumentException("at offset " + at + ": a string that is not modified UTF-8", e);
        }
    }

    private static byte[] encodeOther(String string) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(string);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] counted = bytes.toByteArray();
        byte[] plain = new byte[counted.length - 2];
        System.arraycopy(counted, 2, plain, 0, plain.length);
        return plain;
    }
}
