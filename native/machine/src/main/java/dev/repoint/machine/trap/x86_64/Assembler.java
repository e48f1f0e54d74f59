package dev.repoint.machine.trap.x86_64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts instructions of x86-64 one behind another, and fills in distances to labels.
///
/// It knows no mnemonics: its user writes bytes, with the assembly beside them. Not thread-safe.
final class Assembler {

    private static final int UNBOUND = -1;

    private final List<Reference> references = new ArrayList<>();
    private byte[] bytes = new byte[256];
    private int size;

    /// A place in the code, that branches may go to before it is known.
    static final class Label {
        private int position = UNBOUND;
    }

    /// A distance that is not known yet.
    ///
    /// @param at     the position of its first byte
    /// @param length 1 or 4
    private record Reference(int at, int length, Label label) {}

    /// Adds bytes, each 0 to 255.
    Assembler bytes(int... values) {
        for (int value : values) {
            if ((value & ~0xff) != 0) {
                throw new IllegalArgumentException("no byte: " + value);
            }
            add((byte) value);
        }
        return this;
    }

    /// Adds a little-endian word of 4 bytes.
    Assembler int32(int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            add((byte) (value >> 8 * i));
        }
        return this;
    }

    /// Adds a little-endian word of 8 bytes.
    Assembler int64(long value) {
        return int32((int) value).int32((int) (value >> 32));
    }

    /// Adds the distance of 1 byte from its own end to a label.
    Assembler near(Label label) {
        references.add(new Reference(size, 1, label));
        return bytes(0);
    }

    /// Adds the distance of 4 bytes from its own end to a label.
    Assembler far(Label label) {
        references.add(new Reference(size, Integer.BYTES, label));
        return int32(0);
    }

    /// Says where a label is: here.
    Assembler bind(Label label) {
        if (label.position != UNBOUND) {
            throw new IllegalStateException("a label is in two places");
        }
        label.position = size;
        return this;
    }

    /// How many bytes there are.
    int size() {
        return size;
    }

    /// All the bytes, with the distances filled in.
    ///
    /// @throws IllegalStateException if a label is nowhere, or too far away
    byte[] assemble() {
        byte[] code = Arrays.copyOf(bytes, size);
        for (Reference reference : references) {
            if (reference.label.position == UNBOUND) {
                throw new IllegalStateException("a label is nowhere");
            }
            int distance = reference.label.position - (reference.at + reference.length);
            if (reference.length == 1 && distance != (byte) distance) {
                throw new IllegalStateException("a label is " + distance + " bytes away");
            }
            for (int i = 0; i < reference.length; i++) {
                code[reference.at + i] = (byte) (distance >> 8 * i);
            }
        }
        return code;
    }

    private void add(byte value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = value;
    }
}
