package dev.repoint.weaver;

import java.util.List;

/// What became of one class file.
///
/// @param bytes the class file; the very array that was given if nothing changed
/// @param changed whether `bytes` differs from what was given
/// @param entries the methods that got a prologue this time
/// @param sites the calls, method references and uses of fields that were patched this time
/// @param rejections what was asked for and left, with the reason
@SuppressWarnings("ArrayRecordComponent") // a class file is an array everywhere; compared by identity on purpose
public record WeaveResult(
        byte[] bytes, boolean changed, List<PatchedEntry> entries, List<Site> sites, List<Rejection> rejections) {

    /// Copies the lists.
    public WeaveResult {
        entries = List.copyOf(entries);
        sites = List.copyOf(sites);
        rejections = List.copyOf(rejections);
    }

    static WeaveResult unchanged(byte[] bytes) {
        return new WeaveResult(bytes, false, List.of(), List.of(), List.of());
    }
}
