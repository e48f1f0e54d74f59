package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import java.util.Arrays;

/// An output for bytes, with the most significant byte first, as in class files.
final class ByteSink {

    private byte[] bytes;
    private int length;

    ByteSink(int capacity) {
        this.bytes = new byte[Math.max(capacity, 16)];
    }

    int length() {
        return length;
    }

    /// The written bytes, with free space after them. Valid until the next write.
    byte[] array() {
        return bytes;
    }

    void u1(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void u2(int value) {
        ensure(2);
        Bytes.putU2(bytes, length, value);
        length += 2;
    }

    void u4(int value) {
        ensure(4);
        Bytes.putU4(bytes, length, value);
        length += 4;
    }

    /// Writes a byte and two bytes.
    void u1u2(int first, int second) {
        ensure(3);
        bytes[length] = (byte) first;
        Bytes.putU2(bytes, length + 1, second);
        length += 3;
    }

    /// Writes a byte, two bytes and two bytes.
    void u1u2u2(int first, int second, int third) {
        ensure(5);
        bytes[length] = (byte) first;
        Bytes.putU2(bytes, length + 1, second);
        Bytes.putU2(bytes, length + 3, third);
        length += 5;
    }

    void copy(byte[] from, int start, int end) {
        ensure(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    /// Writes the characters of a string, which are all ASCII.
    @SuppressWarnings("deprecation") // the others look at each character
    void ascii(String string) {
        ensure(string.length());
        string.getBytes(0, string.length(), bytes, length);
        length += string.length();
    }

    /// Copies the content of another sink.
    void copy(ByteSink other) {
        copy(other.bytes, 0, other.length);
    }

    void putU2(int at, int value) {
        Bytes.putU2(bytes, at, value);
    }

    void putU4(int at, int value) {
        Bytes.putU4(bytes, at, value);
    }

    byte[] toByteArray() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length + (bytes.length >> 1)));
        }
    }
}
