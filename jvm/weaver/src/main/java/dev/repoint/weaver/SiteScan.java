package dev.repoint.weaver;

import java.util.List;

/// The uses of patchables in one class file.
///
/// @param sites the uses, in the order of the class file
/// @param rejections the uses that cannot be patched, with the reason. `sites` also contains them
public record SiteScan(List<Site> sites, List<Rejection> rejections) {

    /// Copies the lists.
    public SiteScan {
        sites = List.copyOf(sites);
        rejections = List.copyOf(rejections);
    }
}
