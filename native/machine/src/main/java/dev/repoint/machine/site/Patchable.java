package dev.repoint.machine.site;

import dev.repoint.elf.Address;
import java.util.List;

/// A function or a pointer, with all its sites.
///
/// @param key     its identity in the module
/// @param kind    whether it is a function or a pointer
/// @param address of its entry, or of the word that holds the pointer; 0 if it is imported; in a relocatable
///     file relative to its section
/// @param size    in bytes, from its symbol; 0 if that is not known
/// @param safety  how safe it is to redirect its calls
/// @param reason  the reason for its safety, one line
/// @param aliases other keys of the same address as text, sorted; up to 32 of them
/// @param sites   every use, by section and address; instructions come before words of data
public record Patchable(
        NativeKey key,
        PatchableKind kind,
        Address address,
        long size,
        Safety safety,
        String reason,
        List<String> aliases,
        List<Site> sites) {

    /// Copies the lists.
    public Patchable {
        aliases = List.copyOf(aliases);
        if (!(sites instanceof SiteList)) {
            sites = List.copyOf(sites);
        }
    }

    /// A pointer that nothing calls through, and that is therefore in no table.
    ///
    /// @param address of its word
    public static Patchable pointer(NativeKey key, Address address) {
        return new Patchable(
                key,
                PatchableKind.POINTER,
                address,
                Long.BYTES,
                Safety.PLAIN,
                "nothing calls through it",
                List.of(),
                List.of());
    }

    /// The same under another key.
    Patchable withKey(NativeKey other) {
        return new Patchable(other, kind, address, size, safety, reason, aliases, sites);
    }

    /// The same with other sites.
    Patchable withSites(List<Site> others) {
        return new Patchable(key, kind, address, size, safety, reason, aliases, others);
    }

    /// Whether its body is in another module.
    public boolean isImported() {
        return safety == Safety.IMPORT;
    }

    /// The short form of the reason, as a warning before a patch; `repoint doctor FILE` shows the whole reason. A part
    /// that concerns this patchable alone, such as copies of it, stays.
    public String caution() {
        return safety == Safety.PLAIN ? Verdicts.caution(reason) : safety.text() + ": " + reason;
    }
}
