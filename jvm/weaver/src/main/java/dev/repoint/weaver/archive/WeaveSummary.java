package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import java.util.List;

/// What became of a file.
///
/// @param format what the file is
/// @param changed whether the output differs from the input
/// @param classes how many class files it has, those included that could not be read
/// @param woven how many of them were changed
/// @param entries the methods that got a patchable entry this time
/// @param sites the calls, method references and uses of fields that were patched this time
/// @param rejected what was asked for and left, with the reason
/// @param unmatched the patterns that match no method
/// @param offers how many targets its methods offer for patchables, by annotation
/// @param runtime what was done, or is to be done, so that an application that is packed into the file finds
///     the runtime; one line, empty if nothing
/// @param signaturesRemoved whether the file was signed, and is not any more
/// @param bytesBefore the length of all class files before, uncompressed
/// @param bytesAfter the same after
/// @param newer what to say of class files that were to be woven, and are of a later Java than the JDK's: they
///     were left; empty if there are none
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

    /// How many class files were left as they were.
    ///
    /// @return 0 or more
    public int unchanged() {
        return classes - woven;
    }
}
