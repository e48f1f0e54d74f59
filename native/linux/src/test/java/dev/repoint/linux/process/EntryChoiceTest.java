package dev.repoint.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repoint.fixtures.Tool;
import dev.repoint.linux.NativePatchException;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.choice.PatchChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which functions are patched at their entry, by which names, and what is refused.
class EntryChoiceTest {

    @TempDir
    Path folder;

    @BeforeEach
    void needsACompiler() {
        Tool.GCC.required();
    }

    @Test
    void sitesAreUsedWhereTheyAreAllUsesAndTheEntryElsewhere() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            ProcessResult result = program.process()
                    .set(List.of(ProcessChange.parse("waiting=negative"), ProcessChange.parse("wake=nothing")));
            assertThat(result.changes())
                    .extracting(ProcessOutcome::mechanism)
                    .containsExactly(Mechanism.SITES, Mechanism.ENTRY);
            assertThat(program.process().status())
                    .extracting(ProcessState::text)
                    .containsExactlyInAnyOrder("entries:waiting", "entries:wake");
            assertThatThrownBy(() -> program.set("waiting=negative"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("is set by its sites now");
            assertThatThrownBy(() -> program.process()
                            .set(
                                    List.of(ProcessChange.parse("wake=nothing")),
                                    SetOptions.DEFAULT.withChoice(PatchChoice.SITES)))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("is set at its entry now");
            program.process().reset(List.of());
            assertThat(program.process().status()).isEmpty();
            program.end();
        }
    }

    @Test
    void aFunctionWithoutANameIsNamedByItsAddress() throws Exception {
        try (EntryProgram named = EntryProgram.start(folder, "entries");
                EntryProgram program =
                        EntryProgram.start(Files.createDirectory(folder.resolve("stripped")), "entries", "-s")) {
            String name = "entries+0x" + Long.toHexString(named.address("padding"));
            assertThat(program.set(name + "=zero").changes().getFirst().mechanism())
                    .isEqualTo(Mechanism.ENTRY);
            assertThat(program.process().status())
                    .extracting(ProcessState::text)
                    .containsExactly(name);
            program.reset(name);
            assertThat(program.process().status()).isEmpty();
            named.end();
            program.end();
        }
    }

    @Test
    void severalNamesAskForConsent() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            ProcessChange change = ProcessChange.parse("libc.so.6:malloc=libc.so.6:calloc");
            for (PatchChoice each : List.of(PatchChoice.ENTRY, PatchChoice.BEST)) {
                assertThatThrownBy(() -> program.process().set(List.of(change), SetOptions.DEFAULT.withChoice(each)))
                        .isInstanceOf(NativePatchException.class)
                        .hasMessageContaining("its entry has several names (")
                        .hasMessageContaining("__libc_malloc")
                        .hasMessageContaining("write --all-names if that is meant");
            }
            program.end();
        }
    }

    @Test
    void theFunctionThatAnIndirectOneHasChosenIsNamedAndPatched() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            assertThatThrownBy(() -> program.set("indirect=negative"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("indirect function")
                    .hasMessageEndingWith("; in this process that is entries:chosen");
            assertThatThrownBy(() -> program.set("libc.so.6:strlen=zero"))
                    .hasMessageContaining("; in this process that is libc.so.6");
            program.set("chosen=negative");
            assertThat(program.end()).isEqualTo("called wrong 0 waited 22 diverted 1");
        }
    }

    @Test
    void functionsThatLeadToEachOtherAreRefused() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            assertThatThrownBy(() -> program.set("calling=rip_relative", "rip_relative=calling"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("leads back to it");
            program.set("calling=rip_relative");
            assertThatThrownBy(() -> program.set("rip_relative=calling"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("leads back to it");
            program.reset("calling");
            assertThat(program.end()).isEqualTo("called wrong 0 waited 22 diverted 0");
        }
    }

    @Test
    void whatCannotBeMovedIsRefusedWithTheReason() throws Exception {
        try (EntryProgram program = EntryProgram.start(folder, "entries")) {
            assertThatThrownBy(() -> program.set("libc.so.6:strlen=zero"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("indirect function");
            assertThatThrownBy(() -> program.set("crossing=zero"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("would lie in two pages");
            assertThatThrownBy(() -> program.set("entries+0x1=zero"))
                    .isInstanceOf(NativePatchException.class)
                    .hasMessageContaining("no function is known to start there");
            program.end();
        }
    }
}
