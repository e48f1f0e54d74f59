package dev.repoint.machine.aarch64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.fixtures.Tool;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.witness.SitesProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every cell of the table "what a site becomes", run: the functions of the sites return 1 by the default, 2 by
/// the target, 3 by a far target, 0 for zero, and for nothing the 7 that they put into the register before.
class SitesRunTest {

    private static final List<String> SITES = List.of("call", "jump", "b_cond", "cbnz", "tbnz");

    @TempDir
    static Path folder;

    private static SitesProgram compiled;

    @BeforeAll
    static void compile() throws IOException {
        String emulator = Tool.QEMU_AARCH64.required().command();
        compiled = SitesProgram.build(
                folder, "aarch64", List.of(Tool.AARCH64_GCC.required().command(), "-static"), List.of(emulator), SITES);
    }

    @ParameterizedTest
    @FieldSource("SITES")
    void aSiteDoesWhatItBecame(String name) throws IOException {
        SitesProgram program = compiled.again();
        Instruction original = program.site(name);
        assertThat(program.run(name)).as("default").isEqualTo(1);

        program.encode(original, new Outcome.To(program.address("second")));
        assertThat(program.run(name)).as("target").isEqualTo(2);

        program.encode(program.site(name), new Outcome.Nothing());
        assertThat(program.run(name)).as("nothing").isEqualTo(7);

        program.encode(program.site(name), new Outcome.Zero());
        assertThat(program.run(name)).as("zero").isEqualTo(0);

        program.encode(program.site(name), new Outcome.To(program.address("third")));
        assertThat(program.run(name)).as("far target").isEqualTo(3);

        program.restore(original);
        assertThat(program.site(name)).isEqualTo(original);
        assertThat(program.run(name)).as("default again").isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("SITES")
    void aRestoredSiteHasItsExactBytes(String name) throws IOException {
        SitesProgram program = compiled.again();
        Instruction original = program.site(name);
        byte[] before = program.codeBytes();

        program.encode(original, new Outcome.To(program.address("second")));
        assertThat(program.codeBytes()).isNotEqualTo(before);

        program.restore(original);
        assertThat(program.codeBytes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b_cond", "cbnz", "tbnz"})
    void aVeneerIsKnownAgain(String name) throws IOException {
        SitesProgram program = compiled.again();
        for (Outcome outcome : new Outcome[] {new Outcome.Nothing(), new Outcome.Zero()}) {
            program.encode(program.site(name), outcome);
            long veneer = ((Branch) program.site(name)).destination();

            assertThat(program.veneerOutcome(veneer)).isEqualTo(outcome);
            assertThat(program.veneerDestination(veneer)).isNull();
        }
        program.encode(program.site(name), new Outcome.To(program.address("third")));
        long far = ((Branch) program.site(name)).destination();

        assertThat(program.veneerDestination(far)).isEqualTo(program.address("third"));
        assertThat(program.veneerOutcome(far)).isNull();
        assertThat(program.veneerOutcome(program.address("first"))).isNull();
    }
}
