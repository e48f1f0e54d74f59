package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;

/// Corrects the tables that refer to moved code. It changes them in the copy.
final class CodeTables {

    private CodeTables() {}

    /// Corrects one offset.
    static void shift(byte[] bytes, int at, int delta) {
        int moved = Bytes.u2(bytes, at) + delta;
        if (moved > 0xffff) {
            throw Bytes.malformed(at, "an offset of " + (moved - delta) + " in code that is shorter");
        }
        Bytes.putU2(bytes, at, moved);
    }

    /// Corrects the exception handlers.
    ///
    /// @param at the offset of their number
    static void shiftHandlers(byte[] bytes, int at, int delta) {
        int next = at + 2;
        for (int count = Bytes.u2(bytes, at); count > 0; count--) {
            shift(bytes, next, delta);
            shift(bytes, next + 2, delta);
            shift(bytes, next + 4, delta);
            next += 8;
        }
    }

    /// Corrects the line numbers. The first line of the code is also the line of the prologue.
    ///
    /// @param at the offset of their number
    static void shiftLines(byte[] bytes, int at, int delta) {
        int next = at + 2;
        for (int count = Bytes.u2(bytes, at); count > 0; count--) {
            if (Bytes.u2(bytes, next) != 0) {
                shift(bytes, next, delta);
            }
            next += 4;
        }
    }

    /// Corrects the scopes of variables. If a scope begins with the code, it also covers the prologue: the variable
    /// is a parameter.
    ///
    /// @param at the offset of their number
    /// @param size the length of each in bytes; it begins with its scope
    static void shiftVariables(byte[] bytes, int at, int size, int delta) {
        int next = at + 2;
        for (int count = Bytes.u2(bytes, at); count > 0; count--) {
            shift(bytes, Bytes.u2(bytes, next) == 0 ? next + 2 : next, delta);
            next += size;
        }
    }
}
