package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import dev.repoint.machine.entry.EntryMeans;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions of each class are patched at their entry, and given back, while a thread stands at each of the
/// instructions that change.
class EntryOffsetsTest {

    private static final List<String> FUNCTIONS = List.of(
            "as_it_is",
            "rip_relative",
            "conditional",
            "jumping",
            "calling",
            "calling_pointer",
            "jumping_pointer",
            "padding",
            "asking",
            "padded");

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    @Test
    void aThreadAtAnyOverwrittenInstructionGoesOnInTheCopy() throws Exception {
        int places = 0;
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            for (String function : FUNCTIONS) {
                for (long place : program.overwritten(function)) {
                    program.stop(function, place);
                    program.set(function + "=negative");
                    program.goOn();
                    program.stop("negative", program.address("negative"));
                    program.goOn();
                    program.reset(function);
                    program.stop(function, place);
                    program.set(function + "=negative");
                    program.reset(function);
                    program.goOn();
                    places++;
                }
            }
            assertThat(places).isGreaterThan(15);
            assertThat(program.process().status()).isEmpty();
            assertThat(program.end()).isEqualTo("called wrong 0 waited 22 diverted 1");
        }
    }

    @Test
    void aThreadThatReturnsAmongThemReturnsToTheCopy() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            for (int i = 0; i < 3; i++) {
                program.stop("calling_pointer", program.address("helper"));
                program.set("calling_pointer=negative");
                program.goOn();
                program.stop("negative", program.address("negative"));
                program.goOn();
                program.reset("calling_pointer");
            }
            assertThat(program.end()).isEqualTo("called wrong 0 waited 22 diverted 1");
        }
    }

    @Test
    void aSystemCallAmongThemIsRestartedInTheCopy() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            program.set("waiting=negative");
            program.reset("waiting");
            program.set("waiting=negative");
            assertThat(program.end()).isEqualTo("called wrong 0 waited 22 diverted 0");
        }
    }

    @Test
    void aThreadThatIsNotMovedKeepsTheEntryFromBeingPatched() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            program.stop("rip_relative", program.overwritten("rip_relative").getFirst());
            assertThatThrownBy(() -> program.setWithout("rip_relative", "negative", false, true))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("in the middle of an instruction");
            program.goOn();
            assertThat(program.end()).isEqualTo("called wrong 0 waited 22 diverted 0");
        }
    }

    @Test
    void aReturnAddressThatIsNotMovedEndsTheProgram() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            program.stop("calling_pointer", program.address("helper"));
            program.setWithout("calling_pointer", "negative", false, true);
            program.goOn();
            program.awaitEnd();
            assertThat(program.isAlive()).isFalse();
        }
    }

    @Test
    void allClassesAreThere() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            assertThat(FUNCTIONS)
                    .extracting(each -> program.patch(each).means())
                    .containsOnly(EntryMeans.values());
            program.end();
        }
    }
}
