package dev.repoint.machine.diversion;

import java.util.List;

/// What a file keeps about its diversions.
///
/// @param diversions   all of them
/// @param changes      all bytes that changed
/// @param originalSize of the file before, in bytes
/// @param size         of the file with its diversions
record DiversionRecord(List<Diversion> diversions, List<ChangedBytes> changes, long originalSize, long size) {

    DiversionRecord {
        diversions = List.copyOf(diversions);
        changes = List.copyOf(changes);
    }
}
