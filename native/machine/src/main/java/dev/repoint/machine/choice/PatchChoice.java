package dev.repoint.machine.choice;

import dev.repoint.machine.entry.EntryVerdict;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// By what functions are to be redirected. Immutable.
///
/// | asked for | set already | the sites are every caller that can be known | they are not |
/// | --- | --- | --- | --- |
/// | sites | sites | sites | sites |
/// | entry | entry | entry | entry |
/// | nothing | as it is set | sites | entry; if that is refused, the sites that are known |
///
/// An entry serves all names of its function. If there are several, a patch needs your consent.
///
/// @param mechanism  what is asked for; empty for what the table says
/// @param isAllNames whether the entry of a function with several names may be patched
public record PatchChoice(Optional<Mechanism> mechanism, boolean isAllNames) {

    /// Sites where they are every caller that can be known, and the entry otherwise.
    public static final PatchChoice BEST = new PatchChoice(Optional.empty(), false);
    /// Always the sites.
    public static final PatchChoice SITES = new PatchChoice(Optional.of(Mechanism.SITES), false);
    /// Always the entry.
    public static final PatchChoice ENTRY = new PatchChoice(Optional.of(Mechanism.ENTRY), false);

    /// Checks that the mechanism is there.
    public PatchChoice {
        Objects.requireNonNull(mechanism, "mechanism");
    }

    /// The same with consent to several names: all of them are redirected.
    public PatchChoice withAllNames() {
        return new PatchChoice(mechanism, true);
    }

    /// What is patched.
    ///
    /// @param coverage how many callers the sites are
    /// @param set      by what the function is redirected now; null if it has its default
    public Mechanism of(SiteCoverage coverage, @Nullable Mechanism set) {
        if (mechanism.isPresent()) {
            return mechanism.get();
        }
        if (set != null) {
            return set;
        }
        return coverage == SiteCoverage.WHOLE ? Mechanism.SITES : Mechanism.ENTRY;
    }

    /// Whether sites are patched in place of an entry that was refused.
    public boolean allowsSites(SiteCoverage coverage) {
        return mechanism.isEmpty() && coverage != SiteCoverage.NONE;
    }

    /// Why an entry is not patched; empty if it is. Consent that was given for what is set holds.
    ///
    /// @param set     by what the function is redirected now; null if it has its default
    /// @param consent what you write to consent to several names
    public Optional<String> refusal(EntryVerdict verdict, @Nullable Mechanism set, String consent) {
        return switch (verdict) {
            case EntryVerdict.Refused refused ->
                Optional.of("its entry cannot be patched (" + refused.reason().text() + "): " + refused.text());
            case EntryVerdict.Accepted accepted
            when needsConsent(accepted) && set != Mechanism.ENTRY ->
                Optional.of("its entry has several names (" + String.join(", ", accepted.names())
                        + "), and calls of all of them would be redirected; write " + consent
                        + " if that is meant");
            case EntryVerdict.Accepted _ -> Optional.empty();
        };
    }

    private boolean needsConsent(EntryVerdict.Accepted accepted) {
        return accepted.names().size() > 1 && !isAllNames;
    }
}
