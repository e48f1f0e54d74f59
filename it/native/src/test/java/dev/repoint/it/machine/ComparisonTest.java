package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.CurrentTarget;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import dev.repoint.machine.site.SiteTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// That the comparison sees what it is there to see.
class ComparisonTest {

    private final Disassembly witness = Disassembly.parse(
            List.of(
                    "0000000000001129 g     F .text\t000000000000000b              foo",
                    "0000000000001200 g     F .text\t000000000000000b              bar",
                    "0000000000004010 g     O .data\t0000000000000008              pointer"),
            List.of(
                    "0000000000001139 <main>:",
                    "    1139:\te8 eb ff ff ff       \tcall   1129 <foo>\t113a: R_X86_64_PLT32\tfoo-0x4",
                    "    113e:\t67 e8 e5 ff ff ff    \taddr32 call 1129 <foo>\t1140: R_X86_64_PC32\tfoo-0x4",
                    "    1144:\te8 e7 fe ff ff       \tcall   1030 <puts@plt>\t1145: R_X86_64_PLT32\tputs-0x4",
                    "    1149:\tff 15 b3 2e 00 00    \tcall   *0x2eb3(%rip)        # 4010 <pointer>"));

    private final Site first = site(SiteKind.CALL, 0x1139, 5, 0x1129);
    private final Site second = site(SiteKind.CALL, 0x113f, 5, 0x1129);
    private final Site third = site(SiteKind.POINTER_CALL, 0x1149, 6, 0x4010);

    @Test
    void whatIsCollectedRightIsNeitherMissedNorWrong() {
        SiteTable all = table(
                function("foo", 0x1129, first, second),
                function("puts", 0, site(SiteKind.CALL, 0x1144, 5, 0x1030)),
                pointer(third));
        Comparison comparison = new Comparison(witness, all);
        assertThat(comparison.missed(witness.branches())).isEmpty();
        assertThat(comparison.wrong()).isEmpty();
    }

    @Test
    void aCallThatIsNotCollectedIsMissed() {
        Comparison comparison = new Comparison(witness, table(function("foo", 0x1129, second)));
        assertThat(comparison.missed(witness.toFunctions()))
                .extracting(Branch::start)
                .containsExactly(0x1139L, 0x1144L);
        assertThat(comparison.missed(witness.through("pointer")))
                .extracting(Branch::start)
                .containsExactly(0x1149L);
    }

    @Test
    void aCallThatIsCollectedAsAJumpIsMissedAndWrong() {
        Comparison comparison =
                new Comparison(witness, table(function("foo", 0x1129, site(SiteKind.JUMP, 0x1139, 5, 0x1129), second)));
        assertThat(comparison.missed(witness.toFunctions()))
                .extracting(Branch::start)
                .contains(0x1139L);
        assertThat(comparison.wrong()).containsExactly("foo: objdump sees no jump at 0x1139");
    }

    @Test
    void aCallThatIsCollectedForAnotherFunctionIsWrong() {
        Comparison comparison = new Comparison(witness, table(function("bar", 0x1200, first)));
        assertThat(comparison.wrong()).containsExactly("bar: objdump sees call at 0x1139 in main to foo");
    }

    @Test
    void aSiteInTheMiddleOfAnInstructionIsWrong() {
        Comparison comparison =
                new Comparison(witness, table(function("foo", 0x1129, site(SiteKind.CALL, 0x113b, 5, 0x1129))));
        assertThat(comparison.wrong()).containsExactly("foo: objdump sees no call at 0x113b");
    }

    @Test
    void aPointerAtAnotherPlaceIsWrong() {
        Site elsewhere = site(SiteKind.POINTER_CALL, 0x1149, 6, 0x4018);
        assertThat(new Comparison(witness, table(pointer(elsewhere))).wrong()).hasSize(1);
    }

    private static Site site(SiteKind kind, long address, int length, long leads) {
        return new Site(
                kind,
                new Address(address),
                new FileOffset(address),
                length,
                ".text",
                "main",
                0,
                new Address(leads),
                CurrentTarget.DEFAULT);
    }

    private static Patchable function(String name, long address, Site... sites) {
        return patchable(name, PatchableKind.FUNCTION, address, sites);
    }

    private static Patchable pointer(Site... sites) {
        return patchable("pointer", PatchableKind.POINTER, 0x4010, sites);
    }

    private static Patchable patchable(String name, PatchableKind kind, long address, Site... sites) {
        return new Patchable(
                NativeKey.of(name), kind, new Address(address), 0, Safety.PLAIN, "", List.of(), List.of(sites));
    }

    private static SiteTable table(Patchable... patchables) {
        return new SiteTable(
                "program", ElfMachine.X86_64, false, Optional.empty(), List.of(patchables), List.of(), List.of());
    }
}
