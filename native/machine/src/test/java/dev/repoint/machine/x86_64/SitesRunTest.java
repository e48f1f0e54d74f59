package dev.repoint.machine.x86_64;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every cell of the table "what a site becomes", run: the functions of the sites return 1 by the default, 2 by
/// the target, 0 for zero, and for nothing the 7 that they put into the register before.
class SitesRunTest {

    private static final List<String> SITES = List.of(
            "call",
            "addr32_call",
            "rex_call",
            "bnd_call",
            "call_nop",
            "pointer_call",
            "notrack_call",
            "jump",
            "jump_nop",
            "jump_nop_late",
            "conditional_jump",
            "pointer_jump");

    @TempDir
    static Path folder;

    private static SitesProgram compiled;

    @BeforeAll
    static void compile() throws IOException {
        // not position independent, so that a far veneer holds the right address
        compiled = SitesProgram.build(
                folder, "x86_64", List.of(Tool.GCC.required().command(), "-no-pie"), List.of(), SITES);
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

    @Test
    void aFarVeneerLeadsToItsTarget() throws IOException {
        SitesProgram program = compiled.again();
        long second = program.address("second");
        long veneer = program.veneer(new Outcome.To(second));

        program.encode(program.site("call"), new Outcome.To(veneer));

        assertThat(program.run("call")).isEqualTo(2);
        assertThat(program.veneerDestination(veneer)).isEqualTo(second);
        assertThat(program.veneerOutcome(veneer)).isNull();
    }

    @Test
    void aVeneerIsKnownAgain() throws IOException {
        SitesProgram program = compiled.again();
        for (Outcome outcome : new Outcome[] {new Outcome.Nothing(), new Outcome.Zero()}) {
            program.encode(program.site("conditional_jump"), outcome);
            long veneer = ((Branch) program.site("conditional_jump")).destination();

            assertThat(program.veneerOutcome(veneer)).isEqualTo(outcome);
            assertThat(program.veneerDestination(veneer)).isNull();
        }
        assertThat(program.veneerOutcome(program.address("first"))).isNull();
        assertThat(program.veneerOutcome(program.address("second"))).isNull();
    }
}
