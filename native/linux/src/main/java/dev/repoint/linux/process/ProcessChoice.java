package dev.repoint.linux.process;

import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.refusal.ProcessRefusal;
import dev.repoint.machine.site.NativeKey;
import org.jspecify.annotations.Nullable;

/// Whether a function is redirected by its sites or at its entry.
///
/// | asked for | sites | entry |
/// | --- | --- | --- |
/// | sites | always | - |
/// | entry | - | always |
/// | choice | if they are set, or are all uses that can be known, or the entry is refused | else |
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
    Chosen of(NativeKey key, SetOptions options, LedgerAudit audit) {
        return switch (options.by()) {
            case SITES -> {
                ProcessEntries.Place place = hasEntries(audit) ? placeOrNull(key) : null;
                if (place != null && isSet(place, audit)) {
                    throw isSet(key, "at its entry");
                }
                yield new Chosen(keys.find(key), "");
            }
            case ENTRY -> {
                ProcessEntries.Place place = entries.place(key);
                requireNoSites(key, place, audit);
                yield new Chosen(entries.found(place, options.allNames()), "");
            }
            case CHOICE -> chosen(key, options, audit);
        };
    }

    private Chosen chosen(NativeKey key, SetOptions options, LedgerAudit audit) {
        ProcessEntries.Place place = hasEntries(audit) ? placeOrNull(key) : null;
        if (place != null && isSet(place, audit)) {
            return new Chosen(entries.found(place, true), "");
        }
        ProcessKeyResolver.Found sites = null;
        NativePatchException noSites = null;
        try {
            sites = keys.find(key);
        } catch (NativePatchException e) {
            noSites = e;
        }
        if (sites != null && (isSet(sites, audit) || rows.covers(sites))) {
            return new Chosen(sites, "");
        }
        try {
            ProcessEntries.Place found = entries.place(key);
            requireNoSites(key, found, audit);
            return new Chosen(entries.found(found, options.allNames()), "");
        } catch (NativePatchException noEntry) {
            if (sites != null) {
                return new Chosen(sites, "not at its entry: " + noEntry.reason());
            }
            boolean isKnown = noSites == null || placeOrNull(key) != null;
            throw isKnown ? noEntry : noSites;
        }
    }

    /// The patchable that a key means among those that are set.
    ///
    /// @throws NativePatchException if it is not set
    ProcessKeyResolver.Found ofSet(NativeKey key, LedgerAudit audit) {
        ProcessEntries.Place place = hasEntries(audit) ? placeOrNull(key) : null;
        if (place != null && isSet(place, audit)) {
            return entries.found(place, true);
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
