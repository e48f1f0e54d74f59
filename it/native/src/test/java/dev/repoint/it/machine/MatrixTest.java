package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.plan.PlanException;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// One program, built in many ways: everything that calls is found, and can be pointed elsewhere.
///
/// The builds are those of [Pairs], all with `-Drepoint.matrix=full`, or every so many-th with a number.
@ParameterizedClass(name = "{0}")
@MethodSource("builds")
class MatrixTest {

    private static final List<String> HOOKS = List.of(
            "called",
            "tailed",
            "conditional",
            "tabled",
            "addressed",
            "factorial",
            "sum",
            "noted",
            "last_noted",
            "pair_first",
            "pair_second",
            "same_left",
            "same_right",
            "area");

    /// Hooks of defaults that are one, or alike: folding makes one function of their callers.
    private static final Set<String> FOLDED = Set.of("pair_first", "pair_second", "same_left", "same_right");

    private static final String MISPLACED = "this linker writes wrong places into relocations";

    private static final Set<String> START_UP = Set.of(
            "_start",
            "_init",
            "_fini",
            "call_weak_fn",
            "deregister_tm_clones",
            "register_tm_clones",
            "__do_global_dtors_aux",
            "frame_dummy");

    @TempDir
    private static Path folder;

    private static Program program;
    private static Disassembly witness;
    private static SiteTable table;

    private final Build build;

    MatrixTest(Build build) {
        this.build = build;
    }

    static List<Build> builds() {
        return Build.chosen(System.getProperty("repoint.matrix", "pairs"));
    }

    @BeforeParameterizedClassInvocation
    static void build(Build build) throws IOException {
        build.compiler().required();
        build.linker().required();
        Path place = Files.createTempDirectory(folder, "build");
        program = Program.of(build, Sources.folder("matrix"), place);
        witness = Disassembly.of(build.compiler().objdump(), program.module());
        table = Collector.collect(ElfFile.read(program.module()));
    }

    @Test
    void printsWhatEveryBuildPrints() throws IOException {
        assertThat(program.rows()).isEqualTo(Retarget.DEFAULTS);
    }

    @Test
    void everyBranchThatARelocationNamesIsCollected() {
        assertThat(witness.toFunctions().stream().filter(Branch::relocated)).isNotEmpty();
        assertThat(missed().stream().filter(Branch::relocated)).isEmpty();
    }

    /// Start-up code is assembly of the C library, built without any of our flags.
    @Test
    void everyOtherBranchIsCollectedWhereFunctionsHaveSections() {
        assumeTrue(build.sections(), "calls inside a section have no relocation");
        assumeFalse(build.misplacesRelocations(), MISPLACED);
        assertThat(missed().stream().filter(branch -> !START_UP.contains(branch.in()))).isEmpty();
    }

    @Test
    void everyCallOfAHookHasARelocation() {
        assumeFalse(build.losesJumps(), "-flto goes with -ffunction-sections");
        assumeFalse(build.misplacesRelocations(), MISPLACED);
        assertThat(witness.toFunctions()).filteredOn(branch -> HOOKS.contains(branch.name()))
                .allMatch(Branch::relocated);
    }

    /// Only x86-64 has them. Where a variable may be replaced by one of another module its address comes from the global
    /// offset table first, and the pointer is then at no fixed place.
    @Test
    void everyCallThroughAPatchablePointerIsCollected() {
        assumeFalse(build.compiler().isAarch64() || build.form() == Form.SHARED || build.form() == Form.SYMBOLIC);
        List<Branch> through = witness.through("pointed", "operations");
        assertThat(through).hasSizeGreaterThanOrEqualTo(5);
        assertThat(new Comparison(witness, table).missed(through)).isEmpty();
    }

    @Test
    void everySiteIsABranchToItsPatchable() {
        assertThat(new Comparison(witness, table).wrong()).isEmpty();
    }

    /// The address of a hook in an instruction's own operand, which code at a fixed address has, is a use but no site.
    @Test
    void everyHookIsCalledOneAndItsUsesAreListed() {
        SoftAssertions all = new SoftAssertions();
        for (String hook : HOOKS) {
            Patchable patchable = table.find(NativeKey.of(hook)).orElseThrow(() -> new AssertionError(hook));
            if (build.icf() && FOLDED.contains(hook) && patchable.safety() == Safety.PLAIN) {
                all.assertThat(patchable.reason()).as(hook).contains("folded its callers row_", "without --icf");
            } else {
                all.assertThat(patchable.safety()).as(hook).isEqualTo(Safety.HOOK);
                Stream<Rejection> rejections =
                        table.rejections().stream().filter(no -> no.key().equals(patchable.key()));
                all.assertThat(patchable.sites().size() + rejections.count()).as(hook).isPositive();
            }
        }
        all.assertAll();
    }

    /// A patch whose calls cannot all be found may be refused, but never done otherwise than asked.
    @Test
    void everyPatchChangesItsRowsAndNoOthersAndTheDefaultBringsBackTheBytes() {
        SoftAssertions all = new SoftAssertions();
        for (Retarget retarget : Retarget.ALL) {
            if (!retarget.when().test(build)) continue;
            String name = String.join(" ", retarget.changes());
            try {
                Path patched = program.copy(name);
                Patched.write(program.module(), patched, retarget.changes());
                all.assertThat(changed(patched)).as(name).isEqualTo(retarget.rows());
                Patched.write(patched, patched, retarget.defaults());
                all.assertThat(patched).as("default after " + name).hasSameBinaryContentAs(program.module());
            } catch (PlanException e) {
                if (!build.misplacesRelocations() && !build.losesJumps()) all.fail(name + ": " + e.getMessage(), e);
            } catch (IOException e) {
                all.fail(name + ": " + e.getMessage(), e);
            }
        }
        all.assertAll();
    }

    @Test
    void onePatchOfAllKeysChangesAllRowsAndTheDefaultBringsBackTheBytes() throws IOException {
        assumeFalse(build.misplacesRelocations(), MISPLACED);
        assumeFalse(build.losesJumps(), "-flto goes with -ffunction-sections");
        Retarget together = Retarget.together(build);
        assertThat(together.changes()).hasSizeGreaterThan(8);
        Path patched = program.copy("together");
        Patched.write(program.module(), patched, together.changes());
        assertThat(changed(patched)).isEqualTo(together.rows());
        Path reset = program.copy("reset");
        Patched.write(patched, reset, together.defaults());
        assertThat(reset).hasSameBinaryContentAs(program.module());
    }

    private static List<Branch> missed() {
        return new Comparison(witness, table).missed(witness.toFunctions());
    }

    /// The rows that differ from those of the program as it was built.
    private static Map<String, String> changed(Path patched) throws IOException {
        Map<String, String> rows = program.rows(patched);
        assertThat(rows).containsOnlyKeys(Retarget.DEFAULTS.keySet());
        rows.entrySet().removeIf(row -> row.getValue().equals(Retarget.DEFAULTS.get(row.getKey())));
        return rows;
    }
}
