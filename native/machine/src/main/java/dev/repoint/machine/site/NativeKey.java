package dev.repoint.machine.site;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The identity of a patchable inside its module: the symbol that relocations name.
///
/// | text | key |
/// | --- | --- |
/// | `crc32` | the function or pointer `crc32` |
/// | `crc32@ZLIB_1.2` | an imported symbol with its version |
/// | `util.c:crc32` | a local symbol whose name is not unique, with the source file that it stands in |
/// | `util.c#2:crc32` | the second one, by address, where several source files have that name too |
/// | `ops+8` | the pointer 8 bytes into the variable `ops` |
/// | `libz.so.1:crc32` | where a whole process is searched: the `crc32` of a module |
/// | `shop::tax(int)` | a name of C++ or Rust, as it was written: [KeyResolver] finds its symbol |
///
/// Ordered by symbol, file, version and offset. Immutable.
///
/// @param symbol  the name, without version; never empty
/// @param version the version of an imported symbol, or of one that is not its name's default; else empty
/// @param file    the source file of a local symbol whose name is not unique, or the module where a whole
///     process is searched, or both (`libz.so.1:util.c`); else empty
/// @param offset  of a pointer in its variable, in bytes; 0 or more
public record NativeKey(String symbol, String version, String file, long offset) implements Comparable<NativeKey> {

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the symbol is empty or the offset negative
    public NativeKey {
        Objects.requireNonNull(version);
        Objects.requireNonNull(file);
        if (symbol.isEmpty()) {
            throw new IllegalArgumentException("a key needs the name of a symbol");
        }
        if (offset < 0) {
            throw new IllegalArgumentException(symbol + " has the negative offset " + offset);
        }
    }

    /// The key of a symbol without version, whose name is unique.
    public static NativeKey of(String symbol) {
        return new NativeKey(symbol, "", "", 0);
    }

    /// Reads a key from its text.
    ///
    /// @param text as in the table above; offsets are decimal, or hexadecimal after `0x`
    /// @throws IllegalArgumentException if there is no symbol; the message says what was found
    public static NativeKey parse(String text) {
        String rest = text.strip();
        int path = path(rest);
        if (path >= 0) {
            return new NativeKey(rest.substring(path), "", path == 0 ? "" : rest.substring(0, path - 1), 0);
        }
        long offset = 0;
        int plus = rest.lastIndexOf('+');
        if (plus > 0) {
            long number = number(rest.substring(plus + 1));
            if (number >= 0) {
                offset = number;
                rest = rest.substring(0, plus);
            }
        }
        String file = "";
        int colon = rest.lastIndexOf(':');
        if (colon > 0 && colon < rest.length() - 1) {
            file = rest.substring(0, colon);
            rest = rest.substring(colon + 1);
        }
        String version = "";
        int at = rest.indexOf('@', 1);
        if (at > 0) {
            version = rest.substring(rest.startsWith("@@", at) ? at + 2 : at + 1);
            rest = rest.substring(0, at);
        }
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("key '" + text + "' has no symbol; write crc32, util.c:crc32 or ops+8");
        }
        return new NativeKey(rest, version, file, offset);
    }

    /// Where the name of C++ or Rust begins, behind the source file; -1 if it is none. Such names have `::`,
    /// parameters, or operators, which mean other things in a key.
    private static int path(String text) {
        int end = text.indexOf("::");
        for (char each : new char[] {'(', '<', '{'}) {
            int found = text.indexOf(each);
            end = found >= 0 && (end < 0 || found < end) ? found : end;
        }
        if (text.startsWith("operator") && text.length() > 8 && !Character.isJavaIdentifierPart(text.charAt(8))) {
            end = 0;
        }
        if (end < 0) {
            return -1;
        }
        int colon = text.indexOf(':');
        return colon > 0 && colon < end ? colon + 1 : 0;
    }

    /// The same symbol's place at another offset.
    ///
    /// @param bytes from the start of the symbol, 0 or more
    public NativeKey at(long bytes) {
        return new NativeKey(symbol, version, file, bytes);
    }

    /// Whether this key is what another one, which people wrote, may mean: they are equal, or the written one
    /// leaves the version out.
    ///
    /// @param written as people typed it
    public boolean isMeantBy(NativeKey written) {
        return symbol.equals(written.symbol)
                && file.equals(written.file)
                && offset == written.offset
                && (written.version.isEmpty() || version.equals(written.version));
    }

    /// As in the table above.
    public String text() {
        if (version.isEmpty() && file.isEmpty() && offset == 0) {
            return symbol;
        }
        return (file.isEmpty() ? "" : file + ":")
                + symbol
                + (version.isEmpty() ? "" : "@" + version)
                + (offset == 0 ? "" : "+" + offset);
    }

    @Override
    public int compareTo(NativeKey other) {
        int order = symbol.compareTo(other.symbol);
        if (order == 0) {
            order = file.compareTo(other.file);
        }
        if (order == 0) {
            order = version.compareTo(other.version);
        }
        return order == 0 ? Long.compare(offset, other.offset) : order;
    }

    // Written out, here and below: those that a record has by itself are linked when they are first used, which takes
    // longer
    // than collecting a small file.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NativeKey that
                && symbol.equals(that.symbol)
                && version.equals(that.version)
                && file.equals(that.file)
                && offset == that.offset;
    }

    @Override
    public int hashCode() {
        return (symbol.hashCode() * 31 + file.hashCode() + version.hashCode()) * 31 + Long.hashCode(offset);
    }

    /// As [#text()].
    @Override
    public String toString() {
        return text();
    }

    /// The number that a text is, or -1.
    private static long number(String text) {
        try {
            long number = text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
            return Character.digit(text.charAt(text.startsWith("0x") ? 2 : 0), 16) < 0 ? -1 : number;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
