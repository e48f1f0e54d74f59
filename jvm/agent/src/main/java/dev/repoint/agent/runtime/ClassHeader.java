package dev.repoint.agent.runtime;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The supertypes and the fields of a class of a runtime, from its class file (JVMS 4.1).
///
/// The weaver has a reader of class files. This one uses no other class of Repoint, because [RuntimeInjection] runs
/// before these may be loaded.
final class ClassHeader {

    private final List<String> supertypes = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final @Nullable String[] strings;
    private final int[] references;

    /// @param constant the constant with its value, or 0
    private record Field(String name, int constant) {}

    /// @throws IOException if the bytes are no class file
    ClassHeader(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipBytes(8);
        this.strings = new String[in.readUnsignedShort()];
        this.references = new int[strings.length];
        readConstants(in);
        in.skipBytes(4);
        addSupertype(in.readUnsignedShort());
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            addSupertype(in.readUnsignedShort());
        }
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            readField(in);
        }
    }

    /// The internal names of the superclass and of the interfaces.
    List<String> supertypes() {
        return supertypes;
    }

    /// The text in the constant of a field, or null.
    @Nullable
    String textOf(String field) {
        for (Field each : fields) {
            if (each.name.equals(field)) {
                return strings[references[each.constant]];
            }
        }
        return null;
    }

    private void readConstants(DataInputStream in) throws IOException {
        for (int i = 1; i < strings.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> strings[i] = in.readUTF();
                case 7, 8, 16, 19, 20 -> references[i] = in.readUnsignedShort();
                case 15 -> in.skipBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                default -> throw new IOException("constant " + i + " has tag " + tag);
            }
        }
    }

    private void addSupertype(int constant) {
        String name = strings[references[constant]];
        if (name != null) {
            supertypes.add(name);
        }
    }

    private void readField(DataInputStream in) throws IOException {
        in.skipBytes(2);
        String name = strings[in.readUnsignedShort()];
        in.skipBytes(2);
        int constant = 0;
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            boolean isValue = "ConstantValue".equals(strings[in.readUnsignedShort()]);
            int length = in.readInt();
            if (isValue) {
                constant = in.readUnsignedShort();
            } else {
                in.skipBytes(length);
            }
        }
        fields.add(new Field(String.valueOf(name), constant));
    }
}
