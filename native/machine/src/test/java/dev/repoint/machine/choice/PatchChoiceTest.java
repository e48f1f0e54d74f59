package dev.repoint.machine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.entry.RefusalReason;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.CurrentTarget;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rule between sites and the entry, and how many callers sites are.
class PatchChoiceTest {

    private static final EntryVerdict REFUSED =
            new EntryVerdict.Refused(0x1000, List.of("f"), RefusalReason.COLD_PART, "f is jumped to; patch g");

    @ParameterizedTest
    @CsvSource({
        "BEST, WHOLE, , SITES",
        "BEST, PART, , ENTRY",
        "BEST, NONE, , ENTRY",
        "BEST, PART, SITES, SITES",
        "BEST, WHOLE, ENTRY, ENTRY",
        "SITES, NONE, , SITES",
        "SITES, NONE, ENTRY, SITES",
        "ENTRY, WHOLE, , ENTRY",
        "ENTRY, WHOLE, SITES, ENTRY"
    })
    void sitesAreTakenWhereTheyAreEveryCaller(String asked, SiteCoverage coverage, Mechanism set, Mechanism expected) {
        assertThat(choice(asked).of(coverage, set)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"BEST, WHOLE, true", "BEST, PART, true", "BEST, NONE, false", "ENTRY, PART, false"})
    void sitesReplaceARefusedEntryIfNothingWasAsked(String asked, SiteCoverage coverage, boolean expected) {
        assertThat(choice(asked).allowsSites(coverage)).isEqualTo(expected);
    }

    @Test
    void aRefusalTellsTheReason() {
        assertThat(PatchChoice.ENTRY.withAllNames().refusal(REFUSED, Mechanism.ENTRY, "--all-names"))
                .contains("its entry cannot be patched (" + RefusalReason.COLD_PART.text()
                        + "): f is jumped to; patch g");
    }

    @Test
    void callsAreNamedByAnyInstruction() {
        Patchable called = function("called", site(SiteKind.CALL));
        Patchable stored = function("stored", site(SiteKind.DATA_POINTER));
        assertThat(SiteCoverage.of(table(called, stored), stored, false)).isEqualTo(SiteCoverage.WHOLE);
        assertThat(SiteCoverage.of(table(stored), stored, false)).isEqualTo(SiteCoverage.NONE);
        assertThat(SiteCoverage.of(table(stored), stored, true)).isEqualTo(SiteCoverage.PART);
    }

    @Test
    void usesThatAreNoSitesLeaveCallers() {
        Patchable taken = function("taken", site(SiteKind.CALL), site(SiteKind.ADDRESS));
        assertThat(SiteCoverage.of(table(taken), taken, false)).isEqualTo(SiteCoverage.PART);
        Patchable called = function("called", site(SiteKind.CALL));
        SiteTable rejecting = new SiteTable(
                "program",
                ElfMachine.X86_64,
                false,
                Optional.empty(),
                List.of(called),
                List.of(new Rejection(called.key(), "used otherwise")),
                List.of());
        assertThat(SiteCoverage.of(rejecting, called, false)).isEqualTo(SiteCoverage.PART);
    }

    @ParameterizedTest
    @CsvSource({"FUNCTION, HOOK, WHOLE", "FUNCTION, IMPORT, WHOLE", "POINTER, PLAIN, WHOLE", "FUNCTION, PLAIN, NONE"})
    void hooksImportsAndPointersHaveTheirSites(PatchableKind kind, Safety safety, SiteCoverage expected) {
        Patchable row = patchable("f", kind, safety, site(SiteKind.GOT_SLOT));
        assertThat(SiteCoverage.of(table(row), row, false)).isEqualTo(expected);
    }

    private static PatchChoice choice(String asked) {
        return switch (asked) {
            case "SITES" -> PatchChoice.SITES;
            case "ENTRY" -> PatchChoice.ENTRY;
            default -> PatchChoice.BEST;
        };
    }

    private static Patchable function(String name, Site... sites) {
        return patchable(name, PatchableKind.FUNCTION, Safety.PLAIN, sites);
    }

    private static Patchable patchable(String name, PatchableKind kind, Safety safety, Site... sites) {
        return new Patchable(NativeKey.of(name), kind, new Address(0x1000), 16, safety, "", List.of(), List.of(sites));
    }

    private static Site site(SiteKind kind) {
        return new Site(
                kind,
                new Address(0x2000),
                new FileOffset(0x2000),
                8,
                ".text",
                "main",
                0,
                new Address(0x1000),
                CurrentTarget.DEFAULT);
    }

    private static SiteTable table(Patchable... patchables) {
        return new SiteTable(
                "program", ElfMachine.X86_64, false, Optional.empty(), List.of(patchables), List.of(), List.of());
    }
}
