package dev.repoint;

/// What a patch did to one patchable.
///
/// @param key which, as [Key#text()]
/// @param from its target before, as [PatchableState#target()]
/// @param to its target now
public record PatchChange(String key, String from, String to) {

    /// The change as commands print it.
    ///
    /// @return `KEY: FROM -> TO`
    @Override
    public String toString() {
        return key + ": " + from + " -> " + to;
    }
}
