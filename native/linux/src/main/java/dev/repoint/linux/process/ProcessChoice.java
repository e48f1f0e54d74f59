package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.choice.SiteCoverage;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.site.NativeKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the sites of a function or its entry, as [PatchChoice] says.
///
/// Never both at a time: callers would reach different targets.
final class ProcessChoice {

    private final ProcessKeyResolver keys;
    private final ProcessEntries entries;
    private final ProcessRows rows;
    private final SetPatchables setPatchables;

    /// What was chosen.
    ///
    /// @param note for people; may be empty
    record Chosen(ProcessKeyResolver.Found found, String note) {

        /// The outcome with the note, if it is that of this patchable.
        ProcessOutcome noted(ProcessOutcome outcome) {
            boolean isIt = outcome.module().equals(found.module().name())
                    && outcome.key().equals(found.row().key());
            return isIt ? outcome.withNote(note) : outcome;
        }
    }

    ProcessChoice(ProcessKeyResolver keys, ProcessEntries entries, ProcessRows rows, SetPatchables setPatchables) {
        this.keys = keys;
        this.entries = entries;
        this.rows = rows;
        this.setPatchables = setPatchables;
    }

    /// What is redirected.
    ///
    /// @throws NativePatchException if neither is possible, or the other is set
    Chosen of(NativeKey key, PatchChoice choice, LedgerAudit audit) {
        boolean isEntryAsked = choice.mechanism().equals(Optional.of(Mechanism.ENTRY));
        ProcessEntries.Place set = hasEntries(audit) ? placeOrNull(key) : null;
        boolean isEntrySet = set != null && isSet(set, audit);
        if (isEntrySet && choice.mechanism().equals(Optional.of(Mechanism.SITES))) {
            throw isSet(key, "at its entry");
        }
        if (isEntryAsked || isEntrySet) {
            return new Chosen(entry(key, entries.place(key), choice, isEntrySet, audit), "");
        }
        ProcessKeyResolver.Found sites = null;
        NativePatchException noSites = null;
        try {
            sites = keys.find(key);
        } catch (NativePatchException e) {
            noSites = e;
        }
        SiteCoverage coverage = sites == null ? SiteCoverage.NONE : rows.coverage(sites);
        Mechanism now = sites != null && isSet(sites, audit) ? Mechanism.SITES : null;
        if (choice.of(coverage, now) == Mechanism.SITES) {
            if (sites == null) {
                throw Objects.requireNonNull(noSites);
            }
            return new Chosen(sites, "");
        }
        ProcessEntries.Place place;
        try {
            place = entries.place(key);
        } catch (NativePatchException noEntry) {
            if (sites == null) {
                throw Objects.requireNonNull(noSites);
            }
            return new Chosen(sites, "not at its entry: " + noEntry.reason());
        }
        EntryVerdict verdict = entries.verdict(place);
        if (verdict instanceof EntryVerdict.Refused && sites != null && choice.allowsSites(coverage)) {
            String reason = choice.refusal(verdict, null, "").orElseThrow();
            return new Chosen(sites, "some callers may stay: " + reason);
        }
        return new Chosen(entry(key, place, choice, false, audit), "");
    }

    private ProcessKeyResolver.Found entry(
            NativeKey key, ProcessEntries.Place place, PatchChoice choice, boolean isSet, LedgerAudit audit) {
        requireNoSites(key, place, audit);
        return entries.found(place, choice, isSet ? Mechanism.ENTRY : null);
    }

    /// The patchable that a key means among those that are set.
    ///
    /// @throws NativePatchException if it is not set
    ProcessKeyResolver.Found ofSet(NativeKey key, LedgerAudit audit) {
        ProcessEntries.Place place = hasEntries(audit) ? placeOrNull(key) : null;
        if (place != null && isSet(place, audit)) {
            return entries.found(place, PatchChoice.ENTRY, Mechanism.ENTRY);
        }
        ProcessKeyResolver.Found found;
        try {
            found = keys.find(key);
        } catch (NativePatchException e) {
            if (placeOrNull(key) != null) {
                throw ProcessRefusal.of(key.text(), "is at its default: it was not set, or reset already");
            }
            throw e;
        }
        setPatchables.require(key, found, audit);
        return found;
    }

    private static void requireNoSites(NativeKey key, ProcessEntries.Place place, LedgerAudit audit) {
        if (place.function().names().stream().anyMatch(name -> audit.set().hasSitesOf(name.symbol()))) {
            throw isSet(key, "by its sites");
        }
    }

    private static NativePatchException isSet(NativeKey key, String how) {
        return ProcessRefusal.of(key.text(), "is set " + how + " now, and cannot be set in both ways; reset it first");
    }

    private static boolean isSet(ProcessKeyResolver.Found sites, LedgerAudit audit) {
        return audit.set().contains(sites.ledgerKey());
    }

    private static boolean hasEntries(LedgerAudit audit) {
        return !audit.set().atEntry().isEmpty();
    }

    private static boolean isSet(ProcessEntries.Place place, LedgerAudit audit) {
        return audit.set().contains(place.ledgerKey());
    }

    private ProcessEntries.@Nullable Place placeOrNull(NativeKey key) {
        try {
            return entries.place(key);
        } catch (NativePatchException e) {
            return null;
        }
    }
}
