package dev.repoint.machine.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.instruction.SiteKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the collector makes of one program, built as the documents say.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorTest {

    private Path folder;
    private SiteTable table;

    @BeforeAll
    void collect(@TempDir Path built) throws IOException {
        folder = built;
        table = Built.table(built, Tool.GCC);
    }

    @Test
    void aCallIsASiteOfTheNameThatItUses() {
        assertThat(uses("factorial", SiteKind.CALL)).contains("main", "factorial");
        assertThat(uses("imports", SiteKind.CALL)).containsExactly("main");
    }

    @Test
    void tailCallsAreJumps() {
        assertThat(uses("put", SiteKind.JUMP)).contains("tail");
        assertThat(uses("puts", SiteKind.JUMP)).containsExactly("tail_import");
    }

    @Test
    void aConditionalTailCallIsAConditionalJumpOrAJump() {
        assertThat(sites("factorial").filter(site -> site.in().equals("tail_if")))
                .singleElement()
                .satisfies(site -> assertThat(site.kind()).isIn(SiteKind.JUMP, SiteKind.CONDITIONAL_JUMP));
    }

    @Test
    void hooksAndTheirDefaultsAreToldApartAtOneAddress() {
        Patchable hook = find("hook");
        Patchable byDefault = find("hook_default");

        assertThat(hook.address()).isEqualTo(byDefault.address());
        assertThat(hook.safety()).isEqualTo(Safety.HOOK);
        assertThat(hook.sites()).hasSize(1);
        assertThat(hook.aliases()).containsExactly("hook_default");
        assertThat(byDefault.safety()).isEqualTo(Safety.PLAIN);
        assertThat(byDefault.sites()).isEmpty();
        assertThat(byDefault.reason()).contains("hook is at its address");
    }

    @Test
    void aRelocationOfALocalFunctionNamesOnlyItsSection() {
        assertThat(uses("another", SiteKind.CALL)).containsExactly("main");
        assertThat(find("body").sites()).isEmpty();
        assertThat(uses("more.c:util", SiteKind.CALL)).contains("twice");
    }

    @Test
    void localFunctionsOfOneNameAreToldApartByTheirFiles() {
        assertThat(table.find(NativeKey.of("util"))).isEmpty();
        assertThat(uses("calls.c:util", SiteKind.CALL)).containsExactly("choose");
        assertThat(uses("more.c:util", SiteKind.CALL)).containsOnly("twice");
    }

    @Test
    void safetyIsWhatTheNotesSay() {
        assertThat(find("quiet").safety()).isEqualTo(Safety.NOIPA);
        assertThat(find("declared").safety()).isEqualTo(Safety.HOOK);
        assertThat(find("pointer").safety()).isEqualTo(Safety.PLAIN);
        assertThat(find("rand").safety()).isEqualTo(Safety.IMPORT);
        assertThat(find("get").safety()).isEqualTo(Safety.PLAIN);
        assertThat(find("get").reason()).contains("-fipa-ra", "repoint.h");
    }

    @Test
    void anImportHasItsCallsThroughTheLinkageTableItsSlotAndItsVersion() {
        Patchable rand = find("rand");

        assertThat(rand.address().value()).isZero();
        assertThat(rand.key().version()).startsWith("GLIBC_");
        assertThat(rand.sites()).extracting(Site::kind).containsExactly(SiteKind.CALL, SiteKind.GOT_SLOT);
        assertThat(rand.sites().getFirst().leads().value()).isNotZero();
    }

    @Test
    void callsThroughVariablesAreSitesOfTheVariableAndItsMembers() {
        assertThat(uses("pointer", SiteKind.POINTER_CALL)).containsExactly("through");
        assertThat(uses("pointer", SiteKind.POINTER_JUMP)).containsExactly("tail_through");
        assertThat(uses("operations", SiteKind.POINTER_CALL)).containsExactly("through");
        assertThat(uses("operations+8", SiteKind.POINTER_CALL)).containsExactly("through");
        assertThat(uses("hidden", SiteKind.POINTER_CALL)).containsExactly("through");
        assertThat(find("operations+8").kind()).isEqualTo(PatchableKind.POINTER);
        assertThat(find("operations+8").address())
                .isEqualTo(find("operations").address().plus(8));
    }

    @Test
    void aPointerInDataIsOneSiteThoughItHasTwoRelocations() {
        assertThat(sites("put").filter(site -> site.kind() == SiteKind.DATA_POINTER))
                .extracting(Site::in)
                .containsExactlyInAnyOrder("operations", "fixed", "pointer", "declared");
        assertThat(sites("get").filter(site -> site.kind() == SiteKind.DATA_POINTER))
                .extracting(Site::in)
                .containsExactlyInAnyOrder("operations", "fixed", "hidden");
    }

    @Test
    void takenAddressesAreReported() {
        assertThat(uses("factorial", SiteKind.ADDRESS)).contains("take");
        assertThat(uses("put", SiteKind.ADDRESS)).contains("take");
    }

    @Test
    void functionsAndPointersWithoutSitesAreRowsToo() {
        assertThat(find("fixed+8").sites()).isEmpty();
        assertThat(find("body").sites()).isEmpty();
    }

    @Test
    void sitesAreSortedAndLieInTheFile() throws IOException {
        ElfFile file = ElfFile.read(folder.resolve("program"));
        for (Patchable each : table.patchables()) {
            assertThat(each.sites()).isSortedAccordingTo((a, b) -> a.address().compareTo(b.address()));
            assertThat(each.sites())
                    .allSatisfy(
                            site -> assertThat(file.offsetOf(site.address())).contains(site.offset()));
            assertThat(each.sites())
                    .allSatisfy(site -> assertThat(site.currentTarget()).isEqualTo(CurrentTarget.DEFAULT));
        }
    }

    @Test
    void nothingIsMissingFromAFileThatWasBuiltWell() {
        assertThat(table.gaps()).isEmpty();
    }

    @Test
    void foldedFunctionsShareAnAddressAndKeepTheirCalls(@TempDir Path other) throws IOException {
        Tool.LLD.required();
        SiteTable folded = Built.table(other, Tool.GCC, "-fuse-ld=lld", "-Wl,--icf=all");
        Patchable left = folded.find(NativeKey.of("same_left")).orElseThrow();
        Patchable right = folded.find(NativeKey.of("same_right")).orElseThrow();

        assertThat(left.address()).isEqualTo(right.address());
        assertThat(left.sites()).hasSize(1);
        assertThat(right.sites()).hasSize(1);
        assertThat(left.sites()).doesNotContainAnyElementsOf(right.sites());
        assertThat(left.reason()).contains("same_right is at its address", "folded");
    }

    @Test
    void withoutKeptRelocationsOnlySlotsAndPointersAreLeftAndTheFlagIsNamed(@TempDir Path other) throws IOException {
        SiteTable bare = Collector.collect(ElfFile.read(Built.program(other, Tool.GCC, List.of())));

        assertThat(bare.patchables().stream().flatMap(each -> each.sites().stream()))
                .extracting(Site::kind)
                .containsOnly(SiteKind.GOT_SLOT, SiteKind.DATA_POINTER);
        assertThat(bare.find(NativeKey.of("put")).orElseThrow().sites()).hasSize(4);
        assertThat(bare.gaps()).singleElement().asString().contains("-Wl,--emit-relocs");
    }

    @Test
    void aStrippedFileNamesWhatTheLoaderSees(@TempDir Path other) throws IOException {
        Path stripped = other.resolve("stripped");
        Run.succeeding(
                other,
                List.of(
                        Tool.STRIP.required().command(),
                        "-s",
                        "-o",
                        stripped.toString(),
                        folder.resolve("program").toString()));
        SiteTable bare = Collector.collect(ElfFile.read(stripped));

        assertThat(bare.find(NativeKey.of("puts")).orElseThrow().sites())
                .singleElement()
                .satisfies(site -> assertThat(site.kind()).isEqualTo(SiteKind.GOT_SLOT));
        assertThat(bare.find(NativeKey.of("factorial"))).isEmpty();
        assertThat(bare.gaps()).anySatisfy(gap -> assertThat(gap).contains("strip"));
    }

    @Test
    void callsInsideOneSectionAreFoundByDecodingAndTheFlagIsNamed(@TempDir Path other) throws IOException {
        SiteTable together =
                Collector.collect(ElfFile.read(Built.program(other, Tool.GCC, List.of("-Wl,--emit-relocs"))));

        assertThat(together.find(NativeKey.parse("more.c:util")).orElseThrow().sites())
                .isNotEmpty()
                .allSatisfy(site -> assertThat(site.in()).isEqualTo("twice"));
        assertThat(together.gaps()).singleElement().asString().contains("-ffunction-sections");
    }

    @Test
    void aLibraryThatCallsItselfThroughSlotsIsToldOfTheFlag(@TempDir Path other) throws IOException {
        SiteTable library = Built.table(other, Tool.GCC, "-shared", "-fPIC");
        SiteTable symbolic = Built.table(other, Tool.GCC, "-shared", "-fPIC", "-Wl,-Bsymbolic");

        assertThat(library.gaps()).singleElement().asString().contains("-Bsymbolic");
        assertThat(library.find(NativeKey.of("twice")).orElseThrow().sites())
                .extracting(Site::kind)
                .contains(SiteKind.CALL, SiteKind.GOT_SLOT);
        assertThat(symbolic.gaps()).isEmpty();
        assertThat(symbolic.find(NativeKey.of("twice")).orElseThrow().sites())
                .extracting(Site::kind)
                .containsOnly(SiteKind.CALL);
    }

    @Test
    void anObjectFileHasSitesRelativeToItsSections(@TempDir Path other) throws IOException {
        SiteTable object = Collector.collect(
                ElfFile.read(Built.program(other, Tool.GCC, List.of("-ffunction-sections", "-r", "-nostdlib"))));

        assertThat(object.relocatable()).isTrue();
        assertThat(object.find(NativeKey.of("rand")).orElseThrow().safety()).isEqualTo(Safety.IMPORT);
        Patchable factorial = object.find(NativeKey.of("factorial")).orElseThrow();
        assertThat(factorial.sites().stream().filter(site -> site.kind() == SiteKind.CALL))
                .extracting(Site::section)
                .contains(".text.factorial", ".text.startup.main");
        assertThat(object.find(NativeKey.of("pointer")).orElseThrow().sites())
                .extracting(Site::kind)
                .contains(SiteKind.POINTER_CALL, SiteKind.POINTER_JUMP);
    }

    @Test
    void copiesThatTheCompilerMadeAreNamed(@TempDir Path other) throws IOException {
        Path program = Built.source(other, """
            static __attribute__((noinline)) int scaled(int x, int y) {
                for (int i = 0; i < x; i++) y ^= y * 31 + i;
                return y;
            }
            int main(int c, char **v) { return scaled(c, 3) + scaled(c + 1, 3); }
            """, Tool.GCC.required().command(), "-O3", "-Wl,--emit-relocs");
        SiteTable copied = Collector.collect(ElfFile.read(program));
        List<Rejection> named = copied.rejections().stream()
                .filter(each -> each.key().symbol().startsWith("scaled."))
                .toList();

        assertThat(named).singleElement().satisfies(each -> {
            assertThat(each.key().symbol()).containsAnyOf(".constprop.", ".isra.");
            assertThat(each.reason()).contains("scaled", "2 sites");
        });
    }

    @Test
    void whatIsWeakAndUndefinedLeadsNowhere(@TempDir Path other) throws IOException {
        Path program = Built.source(other, """
            __attribute__((weak)) int absent(int);
            int main(int c, char **v) { return c > 9 ? absent(c) : 0; }
            """, Tool.GCC.required().command(), "-O2", "-static", "-Wl,--emit-relocs");
        SiteTable weak = Collector.collect(ElfFile.read(program));

        assertThat(weak.find(NativeKey.of("absent"))).isEmpty();
        assertThat(weak.rejections())
                .filteredOn(each -> each.key().symbol().equals("absent"))
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains("nothing defines it", "0x"));
    }

    private Patchable find(String key) {
        return table.find(NativeKey.parse(key)).orElseThrow(() -> new AssertionError(key + " is not in the table"));
    }

    private Stream<Site> sites(String key) {
        return find(key).sites().stream();
    }

    private List<String> uses(String key, SiteKind kind) {
        return sites(key).filter(site -> site.kind() == kind).map(Site::in).toList();
    }
}
