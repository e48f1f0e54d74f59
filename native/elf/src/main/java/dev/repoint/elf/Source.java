package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;

/// The bytes that are read, and the name that a complaint about them has.
final class Source {

    /// Names may share bytes, but the names of a file do not add up to more than so many times its size.
    private static final int NAMES_PER_BYTE = 16;

    private static final int LONGEST_QUOTE = 80;

    private final String name;
    private final Bytes bytes;
    private long namesLeft;

    Source(String name, Bytes bytes) {
        this.name = name;
        this.bytes = bytes;
        this.namesLeft = NAMES_PER_BYTE * bytes.size();
    }

    String name() {
        return name;
    }

    Bytes bytes() {
        return bytes;
    }

    /// @param offset where the wrong value stands
    ElfFormatException malformed(long offset, String problem) {
        return new ElfFormatException(name, new FileOffset(offset), problem);
    }

    /// Makes sure that a range lies in the file.
    ///
    /// @param field  where the range is given
    /// @param what   what lies there
    /// @param offset where it starts
    /// @param length how long it is, in bytes
    void requireRange(long field, String what, long offset, long length) throws ElfFormatException {
        if (!bytes.has(offset, length)) {
            throw malformed(
                    field,
                    what + " is to be " + count(length) + " bytes at " + hex(offset) + ", but the file has "
                            + bytes.size() + "; it is damaged or was cut off");
        }
    }

    /// Counts a name that can be asked for from now on, so that a small file cannot hold more text than memory
    /// can.
    ///
    /// @param field where the name is given
    void spendName(long field, long length) throws ElfFormatException {
        namesLeft -= length;
        if (namesLeft < 0 || length > Integer.MAX_VALUE - 16) {
            throw malformed(field, "the names of the file add up to far more than its size; it is damaged");
        }
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    static String count(long number) {
        return Long.toUnsignedString(number);
    }

    /// A name as part of a message: not more than its beginning.
    static String quoted(String text) {
        boolean isLong = text.codePointCount(0, text.length()) > LONGEST_QUOTE;
        return "'" + (isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "..." : text) + "'";
    }
}
