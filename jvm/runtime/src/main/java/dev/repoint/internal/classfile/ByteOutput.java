package dev.repoint.internal.classfile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// An output for bytes, with the most significant byte first, as in class files (JVMS 4.1).
final class ByteOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    int length() {
        return bytes.size();
    }

    ByteOutput u1(int value) {
        bytes.write(value);
        return this;
    }

    ByteOutput u2(int value) {
        return u1(value >>> 8).u1(value);
    }

    ByteOutput u4(int value) {
        return u2(value >>> 16).u2(value);
    }

    ByteOutput copy(ByteOutput other) {
        bytes.writeBytes(other.toByteArray());
        return this;
    }

    ByteOutput bytes(byte[] from, int start, int end) {
        bytes.write(from, start, end - start);
        return this;
    }

    /// A string in modified UTF-8, its length first (JVMS 4.4.7).
    ///
    /// @throws IllegalArgumentException if it has more than 65,535 bytes
    ByteOutput utf8(String string) {
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(string);
        } catch (IOException e) {
            throw new IllegalArgumentException("a class file has no place for a string that long", e);
        }
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
