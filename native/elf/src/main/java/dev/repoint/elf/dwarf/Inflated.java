package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.raw.Bytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Contents that were compressed with zlib (RFC 1950).
final class Inflated {

    /// Larger contents are refused.
    static final int LARGEST = 1 << 30;

    private static final int CHUNK = 1 << 16;

    private Inflated() {}

    /// What a range of a file holds without compression. Memory grows with what is there, not with what a
    /// header says.
    ///
    /// @param claimed the size that the header gives, which is to be right
    static byte[] of(String file, Bytes bytes, long start, long size, long claimed) throws ElfFormatException {
        if (claimed < 0 || claimed > LARGEST) {
            throw malformed(
                    file,
                    start,
                    "debug information of " + Long.toUnsignedString(claimed)
                            + " bytes without compression; Repoint reads up to " + LARGEST);
        }
        byte[] out = new byte[(int) Math.min(claimed, Math.max(CHUNK, 4 * size))];
        int filled = 0;
        long next = start;
        Inflater inflater = new Inflater();
        try {
            while (filled < claimed) {
                if (filled == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(claimed, 2L * out.length));
                }
                if (inflater.needsInput() && next < start + size) {
                    int part = (int) Math.min(CHUNK, start + size - next);
                    inflater.setInput(bytes.array(next, part));
                    next += part;
                }
                int got = inflater.inflate(out, filled, out.length - filled);
                filled += got;
                if (got == 0
                        && (inflater.finished()
                                || inflater.needsDictionary()
                                || inflater.needsInput() && next == start + size)) {
                    throw malformed(
                            file, start, "compressed debug information ends after " + filled + " bytes of " + claimed);
                }
            }
        } catch (DataFormatException e) {
            throw malformed(file, start, "compressed debug information is damaged: " + e.getMessage());
        } finally {
            inflater.end();
        }
        return out;
    }

    private static ElfFormatException malformed(String file, long offset, String problem) {
        return new ElfFormatException(file, new FileOffset(offset), problem);
    }
}
