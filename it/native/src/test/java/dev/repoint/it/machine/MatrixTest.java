package dev.repoint.it.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.plan.Plan;
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
import java.util.ArrayList;
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

/// One program, built in many ways: everything that calls is found, and can be redirected.
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

    /// Without a relocation only what the compiler knows of itself can be told: calls in functions that were
    /// decoded as a whole. That must be all of them where functions have sections, but for start-up code, which
    /// is assembly of the C library.
    @Test
    void everyBranchToAFunctionIsCollected() {
        boolean decoded = build.sections() && !build.misplacesRelocations();
        List<Branch> all = witness.toFunctions();
        List<Branch> missed = new Comparison(witness, table).missed(all);
        missed.removeIf(branch -> !branch.relocated() && (!decoded || START_UP.contains(branch.in())));
        assertThat(all).filteredOn(Branch::relocated).isNotEmpty();
        assertThat(missed).isEmpty();
    }

    @Test
    void everyCallOfAHookHasARelocation() {
        List<Branch> calls = new ArrayList<>(witness.toFunctions());
        calls.removeIf(branch -> !HOOKS.contains(branch.name()));
        if (build.losesJumps()) {
            calls.removeIf(branch -> branch.kind() != SiteKind.CALL);
        }
        if (build.misplacesRelocations()) {
            calls.removeIf(branch -> !branch.relocated());
        }
        assertThat(calls).allMatch(Branch::relocated);
    }

    /// Only x86-64 has such calls. Where a variable may be replaced by one of another module its address comes
    /// from the global offset table first, and the pointer is then at no fixed place.
    @Test
    void everyCallThroughAPatchablePointerIsCollected() {
        List<Branch> through = witness.through("pointed", "operations");
        if (build.compiler().isAarch64() || build.form() == Form.SHARED || build.form() == Form.SYMBOLIC) {
            assertThat(through).isEmpty();
        } else {
            assertThat(through).hasSizeGreaterThanOrEqualTo(5);
        }
        assertThat(new Comparison(witness, table).missed(through)).isEmpty();
    }

    @Test
    void everySiteIsABranchToItsPatchable() {
        assertThat(new Comparison(witness, table).wrong()).isEmpty();
    }

    /// The address of a hook in an instruction's own operand, which code at a fixed address has, is a use but
    /// no site.
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
                if (build.losesJumps() || build.misplacesRelocations()) {
                    continue;
                }
                all.assertThat(patchable.sites().size() + rejections.count())
                        .as(hook)
                        .isPositive();
            }
        }
        all.assertAll();
    }

    @Test
    void everyPatchChangesItsRowsAndNoOthersAndTheDefaultBringsBackTheBytes() {
        SoftAssertions all = new SoftAssertions();
        for (Retarget retarget : Retarget.ALL) {
            if (retarget.when().test(build)) {
                all.check(() -> check(retarget));
            }
        }
        all.assertAll();
    }

    @Test
    void soDoesOnePatchOfAllKeys() throws IOException {
        Retarget together = Retarget.together(build);
        assertThat(together.changes()).hasSizeGreaterThan(8);
        check(together);
    }

    /// A patch whose calls cannot all be found may be refused, or leave some where they are and say so; but it
    /// never changes anything else.
    private void check(Retarget retarget) throws IOException {
        String name = String.join(" ", retarget.changes());
        Path patched = program.copy(name);
        Plan plan;
        try {
            plan = Patched.write(program.module(), patched, retarget.changes());
        } catch (PlanException e) {
            if (build.misplacesRelocations() || build.losesJumps()) {
                return;
            }
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
        Map<String, String> changed = changed(patched);
        if (build.misplacesRelocations() && tellsOfMisplaced(plan)) {
            assertThat(retarget.rows()).as(name).containsAllEntriesOf(changed);
        } else {
            assertThat(changed).as(name).isEqualTo(retarget.rows());
            Patched.write(patched, patched, retarget.defaults());
            assertThat(patched).as("default after " + name).hasSameBinaryContentAs(program.module());
        }
    }

    private static boolean tellsOfMisplaced(Plan plan) {
        return plan.keys().stream()
                .flatMap(key -> key.unchangedSites().stream())
                .anyMatch(left -> left.reason().contains("the linker wrote a wrong place"));
    }

    /// The rows that differ from those of the program as it was built.
    private static Map<String, String> changed(Path patched) throws IOException {
        Map<String, String> rows = program.rows(patched);
        assertThat(rows).containsOnlyKeys(Retarget.DEFAULTS.keySet());
        rows.entrySet().removeIf(row -> row.getValue().equals(Retarget.DEFAULTS.get(row.getKey())));
        return rows;
    }
}
