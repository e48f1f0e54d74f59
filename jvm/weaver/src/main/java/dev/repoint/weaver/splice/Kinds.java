package dev.repoint.weaver.splice;

/// The kinds of the arguments and of the result of a method, as the names of shapes have them: `I`, `J`, `F`, `D`, `L`,
/// and `V` for no value.
final class Kinds {

    private static final int MOST = 256;

    private final byte[] letters = new byte[MOST];
    private int count;
    private char result;

    /// Reads a descriptor.
    ///
    /// @param index the constant of the descriptor
    /// @param isStatic whether the method has no receiver
    /// @return this
    Kinds read(PoolView view, int index, boolean isStatic) {
        byte[] bytes = view.bytes;
        int at = view.constant(index, 1) + 4;
        count = 0;
        if (!isStatic) {
            letters[count++] = 'L';
        }
        while (bytes[at] != ')') {
            letters[count++] = (byte) Moves.kindOf((char) bytes[at]);
            at = endOf(bytes, at);
        }
        result = Moves.kindOf((char) bytes[at + 1]);
        return this;
    }

    int count() {
        return count;
    }

    char get(int index) {
        return (char) letters[index];
    }

    char result() {
        return result;
    }

    /// Loads the arguments in their order.
    ///
    /// @return the number of slots that they take
    int load(ByteSink out) {
        int slot = 0;
        for (int i = 0; i < count; i++) {
            char kind = (char) letters[i];
            Moves.load(out, kind, slot);
            slot += Moves.slotsOf(kind);
        }
        return slot;
    }

    private static int endOf(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] == '[') {
            at++;
        }
        if (bytes[at] == 'L') {
            while (bytes[at] != ';') {
                at++;
            }
        }
        return at + 1;
    }
}
