package dev.repoint.elf;

import java.util.List;
import java.util.Optional;

/// Finds the note that holds the build id.
final class BuildIds {

    /// Longer than any hash; a longer descriptor is something else.
    private static final long LONGEST = 256;

    private BuildIds() {}

    static Optional<BuildId> of(List<Note> notes) {
        for (Note note : notes) {
            long size = note.size();
            if (note.type() == Note.NT_GNU_BUILD_ID && note.owner().equals("GNU") && size > 0 && size <= LONGEST) {
                return Optional.of(BuildId.of(note.descriptorBytes()));
            }
        }
        return Optional.empty();
    }
}
