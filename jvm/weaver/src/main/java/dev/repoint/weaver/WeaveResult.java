package dev.repoint.weaver;

import java.util.List;

/// The result of weaving one class file.
///
/// @param bytes the class file; the same array as the input if nothing changed
/// @param changed whether `bytes` differs from the input
/// @param entries the methods that got a prologue now
/// @param sites the calls, method references and uses of fields that were patched now
/// @param rejections the selected methods, fields and sites that cannot be patched, with the reason
@SuppressWarnings("ArrayRecordComponent") // a class file is an array everywhere; compared by identity on purpose
public record WeaveResult(
        byte[] bytes, boolean changed, List<PatchedEntry> entries, List<Site> sites, List<Rejection> rejections) {

    /// Copies the lists.
    public WeaveResult {
        entries = List.copyOf(entries);
        sites = List.copyOf(sites);
        rejections = List.copyOf(rejections);
    }

    public static WeaveResult unchanged(byte[] bytes) {
        return new WeaveResult(bytes, false, List.of(), List.of(), List.of());
    }
}
