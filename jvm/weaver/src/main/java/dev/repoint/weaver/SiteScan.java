package dev.repoint.weaver;

import java.util.List;

/// The uses of patchables that one class file holds.
///
/// @param sites the uses, in the order of the class file
/// @param rejections the uses that cannot be patched where they are, with the reason; they are among `sites`
///     too
public record SiteScan(List<Site> sites, List<Rejection> rejections) {

    /// Copies the lists.
    public SiteScan {
        sites = List.copyOf(sites);
        rejections = List.copyOf(rejections);
    }
}
