package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import java.util.List;

/// The result for a file.
///
/// @param format its format
/// @param changed whether the output differs from the input
/// @param classes the number of its class files, including those that cannot be read
/// @param woven the number of changed ones
/// @param entries the methods that got a patchable entry now
/// @param sites the calls, method references and uses of fields that were patched now
/// @param rejected the selected methods, fields and sites that cannot be patched, with the reason
/// @param unmatched the patterns that match no method
/// @param offers the number of targets that its methods offer by annotation
/// @param runtime one line about the runtime in a packed application: the result, or the next step for the user;
///     empty if there is nothing to do
/// @param signaturesRemoved whether the file was signed, and its signature was removed
/// @param bytesBefore the length of all class files before, uncompressed
/// @param bytesAfter the same after
/// @param newer the message about selected class files of a later Java than the JDK's, which were not woven; empty
///     if there are none
public record WeaveSummary(
        ArchiveFormat format,
        boolean changed,
        int classes,
        int woven,
        List<PatchedEntry> entries,
        List<Site> sites,
        List<Rejected> rejected,
        List<KeyPattern> unmatched,
        int offers,
        String runtime,
        boolean signaturesRemoved,
        long bytesBefore,
        long bytesAfter,
        String newer) {

    /// Copies the lists.
    public WeaveSummary {
        entries = List.copyOf(entries);
        sites = List.copyOf(sites);
        rejected = List.copyOf(rejected);
        unmatched = List.copyOf(unmatched);
    }

    /// The number of unchanged class files.
    ///
    /// @return 0 or more
    public int unchanged() {
        return classes - woven;
    }
}
