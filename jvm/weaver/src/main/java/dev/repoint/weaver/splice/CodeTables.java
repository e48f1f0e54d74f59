package dev.repoint.weaver.splice;

/// Corrects what points into code that has moved by some bytes, where it stands in the copy.
final class CodeTables {

    private CodeTables() {}

    /// Moves one offset.
    static void shift(byte[] bytes, int at, int delta) {
        int moved = Bytes.u2(bytes, at) + delta;
        if (moved > 0xffff) {
            throw Bytes.malformed(at, "an offset of " + (moved - delta) + " in code that is shorter");
        }
        Bytes.putU2(bytes, at, moved);
    }

    /// Moves the exception handlers.
    ///
    /// @param at where their count stands
    static void shiftHandlers(byte[] bytes, int at, int delta) {
        int next = at + 2;
        for (int count = Bytes.u2(bytes, at); count > 0; count--) {
            shift(bytes, next, delta);
            shift(bytes, next + 2, delta);
            shift(bytes, next + 4, delta);
            next += 8;
        }
    }

    /// Moves line numbers. The line that the code begins with is that of the prologue, too.
    ///
    /// @param at where their count stands
    static void shiftLines(byte[] bytes, int at, int delta) {
        int next = at + 2;
        for (int count = Bytes.u2(bytes, at); count > 0; count--) {
            if (Bytes.u2(bytes, next) != 0) {
                shift(bytes, next, delta);
            }
            next += 4;
        }
    }

    /// Moves the scopes of variables. One that begins with the code covers the prologue, too: it is a parameter.
    ///
    /// @param at where their count stands
    /// @param size how many bytes each takes; it begins with its scope
    static void shiftVariables(byte[] bytes, int at, int size, int delta) {
        int next = at + 2;
        for (int count = Bytes.u2(bytes, at); count > 0; count--) {
            shift(bytes, Bytes.u2(bytes, next) == 0 ? next + 2 : next, delta);
            next += size;
        }
    }
}
