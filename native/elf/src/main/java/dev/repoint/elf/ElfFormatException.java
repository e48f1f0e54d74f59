package dev.repoint.elf;

/// A file whose bytes are not what their format demands, or not of a kind that Repoint reads.
public final class ElfFormatException extends ElfException {

    private static final long serialVersionUID = 1L;

    /// An offset in the file, unsigned.
    private final long offset;

    /// @param file    its name
    /// @param offset  where the value stands that is wrong, in bytes from the start of the file
    /// @param problem one line: what was found, what was expected, and what to do
    public ElfFormatException(String file, FileOffset offset, String problem) {
        super(file + ": " + problem + " (at offset " + offset + ")");
        this.offset = offset.value();
    }

    /// Where the value stands that is wrong.
    public FileOffset offset() {
        return new FileOffset(offset);
    }
}
