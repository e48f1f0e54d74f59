package dev.repoint.elf;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The identity of a linked file, which the linker computed from what it wrote (note `NT_GNU_BUILD_ID`). A file
/// stripped later keeps it.
///
/// @param hex the bytes in lower-case hexadecimal, at least one
public record BuildId(String hex) {

    /// Longer than any hash; a longer descriptor is something else.
    private static final long LONGEST = 256;

    /// @throws IllegalArgumentException if the text is not a row of lower-case hexadecimal digits of even
    ///     length
    public BuildId {
        if (hex.isEmpty() || !hex.equals(HexFormat.of().formatHex(HexFormat.of().parseHex(hex)))) {
            throw new IllegalArgumentException("build id '" + hex + "'");
        }
    }

    /// The build id of these bytes.
    ///
    /// @throws IllegalArgumentException if there are none
    public static BuildId of(byte[] bytes) {
        return new BuildId(HexFormat.of().formatHex(bytes));
    }

    /// The build id in the notes of a file.
    static Optional<BuildId> of(List<Note> notes) {
        for (Note note : notes) {
            long size = note.size();
            if (note.type() == Note.NT_GNU_BUILD_ID && note.owner().equals("GNU") && size > 0 && size <= LONGEST) {
                return Optional.of(of(note.descriptorBytes()));
            }
        }
        return Optional.empty();
    }

    /// The bytes, in a new array.
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /// As `readelf -n` and `file` print it.
    @Override
    public String toString() {
        return hex;
    }
}
